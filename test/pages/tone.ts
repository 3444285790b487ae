import type { Locator } from '@playwright/test';

/**
 * Plays the first second of a recording, again and again until enough of it was heard.
 * @returns the frequency of its tone, in Hz
 */
export function toneOf(player: Locator): Promise<number> {
  return player.evaluate(async (audio: HTMLAudioElement & { captureStream(): MediaStream }) => {
    audio.currentTime = 0;
    // Also where this comes late, and the recording is over.
    audio.loop = true;
    await audio.play();
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 4096;
    analyser.smoothingTimeConstant = 0;
    context.createMediaStreamSource(audio.captureStream()).connect(analyser);
    const levels = new Float32Array(analyser.frequencyBinCount);
    const window = analyser.fftSize / context.sampleRate;
    try {
      for (let steady = 0, before = -1; ;) {
        await new Promise((resolve) => setTimeout(resolve, (window * 1000) / 2));
        if (audio.currentTime > 0.9) audio.currentTime = 0;
        analyser.getFloatFrequencyData(levels);
        const loudest = levels.reduce(
          (best, level, bin) => (level > (levels[best] ?? level) ? bin : best),
          0,
        );
        steady = (levels[loudest] ?? -Infinity) > -40 && Math.abs(loudest - before) <= 1 ? steady + 1 : 0;
        before = loudest;
        if (steady >= 2) return (loudest * context.sampleRate) / analyser.fftSize;
      }
    } finally {
      audio.pause();
      audio.loop = false;
      audio.currentTime = 0;
      await context.close();
    }
  });
}
