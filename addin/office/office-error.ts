/** What went wrong in Outlook, in the words the product speaks about it. */
export type OfficeTrouble =
  | 'itemChanged'
  | 'notSaved'
  | 'noPermission'
  | 'unsupported'
  | 'notFound'
  | 'unknownCategory'
  | 'network'
  | 'timeout'
  | 'failed';

/** A call to Outlook that did not succeed; `code` is Office's number, 0 where there is none. */
export class OfficeError extends Error {
  readonly trouble: OfficeTrouble;
  readonly code: number;

  constructor(trouble: OfficeTrouble, code: number, message: string) {
    super(message);
    this.name = 'OfficeError';
    this.trouble = trouble;
    this.code = code;
  }
}

/** The numbers of the error table in `@microsoft/office-js`; what is not here is `failed`. */
const troubles: Readonly<Record<number, OfficeTrouble>> = {
  5000: 'unsupported',
  7000: 'noPermission',
  9030: 'itemChanged',
  9032: 'unsupported',
  9038: 'noPermission',
  9040: 'network',
  9041: 'network',
  9044: 'unknownCategory',
  9046: 'notSaved',
  9047: 'noPermission',
  9048: 'noPermission',
  9049: 'notFound',
  9055: 'unsupported',
};

/** `9045 DuplicateCategory` says that the work is done already. */
export const alreadyDone = 9045;
/** `5001` is internal and often gone the next time. */
export const worthRepeating = 5001;

export function officeErrorOf(call: string, error: Readonly<{ code: number; message: string }>): OfficeError {
  return new OfficeError(
    troubles[error.code] ?? 'failed',
    error.code,
    `${call}: ${error.message} (${error.code})`,
  );
}
