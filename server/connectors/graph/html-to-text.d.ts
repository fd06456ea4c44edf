/** The part of html-to-text we use; the package comes without types. */
declare module 'html-to-text' {
  export function convert(
    html: string,
    options: Readonly<{
      wordwrap: false;
      selectors?: readonly Readonly<{
        selector: string;
        format?: string;
        options?: Readonly<Record<string, unknown>>;
      }>[];
    }>,
  ): string;
}
