/** Registers a ribbon function. Whatever happens, Outlook is told that it ended: else its button hangs for minutes. */
export function onCommand(name: string, run: () => Promise<void>): void {
  Office.actions.associate(name, (event: Office.AddinCommands.Event) => {
    void run().finally(() => event.completed());
  });
}
