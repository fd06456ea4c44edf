/** Data an app keeps on an item under a name of its own; nobody else sees it. */
export type OpenExtension = Readonly<{ extensionName: string; content: Readonly<Record<string, unknown>> }>;

/** An item that can carry them, by name. */
export type ExtensionHolder = { extensions: Map<string, OpenExtension> | null };
