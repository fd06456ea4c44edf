/** Words of the server, which are English whatever the language of the pane: screen readers are told, and so is the layout. */
export function Told({ text }: Readonly<{ text: string }>) {
  return (
    <span lang="en" dir="auto">
      {text}
    </span>
  );
}
