import { AppError } from '../../platform/app-error.ts';

/** A document that cannot be read. The message is one plain sentence for the user: what is wrong with this file. */
export class UnreadableDocument extends AppError {
  /** True for a file that holds no text by nature; an index counts it as skipped, not as failed. */
  readonly isBinary: boolean;

  constructor(reason: string, options: { cause?: unknown; isBinary?: boolean } = {}) {
    super('document_unreadable', reason, options.cause === undefined ? {} : { cause: options.cause });
    this.isBinary = options.isBinary ?? false;
  }
}
