/**
 * Starts a worker from a file beside this bundle. VS Code serves those from another origin than the page's, where a
 * worker must not come from, so the code takes the way through a `blob:` address.
 * @throws Error if the file cannot be fetched
 */
export async function startWorker(name: string): Promise<Worker> {
  const response = await fetch(new URL(name, import.meta.url));
  if (!response.ok) throw new Error(`${name}: HTTP ${String(response.status)}`);
  const url = URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: 'text/javascript' }));
  try {
    return new Worker(url, { type: 'module' });
  } finally {
    URL.revokeObjectURL(url);
  }
}
