import type { Sleep } from '../../api/cancellation';
import { ApiError, TooLargeError } from '../../api/errors';
import type { Attachment, Message } from '../../api/schema';
import type { Format } from '../../formats/mediaTypes';
import { actualFormat } from '../../formats/signatures';
import type { Account } from '../accounts';
import { declaredFormat } from '../attachmentFileName';
import { withAnonymousFile } from './anonymousFile';
import type { AttachmentCache } from './attachmentCache';
import { readHead, readWhole, type Content } from './content';
import { download, type DownloadOptions, limitOf } from './download';
import { refuseWrongContent } from './wrongContent';

/** An attachment, and whose. */
export interface ContentSource {
  readonly account: Pick<Account, 'id' | 'sample' | 'mailbox'>;
  readonly message: Message;
  readonly attachment: Attachment;
}

export type ContentOptions = Pick<DownloadOptions, 'signal' | 'onProgress' | 'limit'>;

/** More are looked up again. */
const MAX_SIZES = 10_000;

/** What the server says when there is not even a first byte. */
const NOT_SATISFIABLE = 416;

/** The contents of attachments, from the cache or from RingCentral. */
export class AttachmentContents {
  /** Bytes of contents whose records do not say it, by account, message and attachment. */
  readonly #sizes = new Map<string, number>();

  constructor(
    private readonly cache: AttachmentCache,
    private readonly sleep?: Sleep,
  ) {}

  /**
   * Gives `use` the whole content in a file, which is gone, or the cache's again, when it is done.
   * @throws MailboxError if it has to be fetched, and cannot be; another try goes on where the cache is on
   * @throws WrongContentError if a web page or an error of a server came in its place
   * @throws Error of the file system, and whatever `use` throws
   */
  async use<T>(
    source: ContentSource,
    use: (content: Content) => Promise<T>,
    { signal, onProgress, limit }: ContentOptions = {},
  ): Promise<T> {
    const { account, message, attachment } = source;
    const { api } = account.mailbox;
    const useChecked = async (content: Content): Promise<T> => {
      await refuseWrongContent(content, attachment);
      return use(content);
    };
    const fetching = { signal, onProgress, limit, ...(this.sleep && { sleep: this.sleep }) };
    // The sample is made up, and on this computer already.
    if (account.sample || !(await this.cache.isUsable())) {
      return withAnonymousFile(async (file) => {
        await download(api, attachment, file, { received: 0 }, fetching);
        return useChecked({ file, size: (await file.stat()).size });
      });
    }
    return this.cache.use(
      { accountId: account.id, messageId: message.id, attachment },
      (partial) =>
        download(api, attachment, partial.file, partial.begun, {
          ...fetching,
          onContent: (mark) => partial.remember(mark),
        }),
      useChecked,
      signal,
    );
  }

  /** The whole content in memory, for those who must have it there: see `use`. */
  async read(source: ContentSource, options: ContentOptions = {}): Promise<Uint8Array> {
    return this.use(
      source,
      (content) => {
        const { limit = limitOf(source.attachment) } = options;
        if (content.size > limit) throw new TooLargeError(limit);
        return readWhole(content);
      },
      options,
    );
  }

  /**
   * The format of an attachment: as its record says, or if that says nothing as its first bytes do.
   * @throws whatever `use` throws
   */
  async format(source: ContentSource, options: ContentOptions = {}): Promise<Format> {
    const declared = declaredFormat(source.attachment);
    if (declared.type !== '') return declared;
    return this.use(source, async (content) => actualFormat(declared, await readHead(content)), options);
  }

  /**
   * Bytes of a content: as its record says, else as its file does, else as the server says.
   * @throws MailboxError if the server has to be asked, and cannot be
   */
  async sizeOf({ account, message, attachment }: ContentSource, signal?: AbortSignal): Promise<number> {
    if (attachment.size !== undefined) return attachment.size;
    const key = [account.id, message.id, attachment.id].join(' ');
    const known = this.#sizes.get(key);
    if (known !== undefined) return known;
    const cached = (await this.cache.isUsable())
      ? await this.cache.sizeOf({ accountId: account.id, messageId: message.id, attachment })
      : undefined;
    const size = cached ?? (await askForSize(account, attachment, signal));
    if (this.#sizes.size >= MAX_SIZES) this.#sizes.clear();
    this.#sizes.set(key, size);
    return size;
  }
}

async function askForSize(
  { mailbox }: ContentSource['account'],
  attachment: Attachment,
  signal: AbortSignal | undefined,
): Promise<number> {
  try {
    const content = await mailbox.api.readMessageContent(attachment, { range: { start: 0, end: 0 } }, signal);
    content.discard();
    return (content.range ? content.range.total : content.size) ?? 0;
  } catch (error) {
    if (error instanceof ApiError && error.status === NOT_SATISFIABLE) return 0;
    throw error;
  }
}
