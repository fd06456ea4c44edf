type Child = Node | string | null;
type Properties = Readonly<Record<string, string | number | boolean | null | ((event: Event) => void)>>;

/** An element: functions become listeners, `true` an attribute without a value, `null` and `false` none. Text is never markup. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== null && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

export function badges(categories: readonly string[]): HTMLElement {
  return h('span', {}, ...categories.map((name) => h('span', { class: 'badge' }, name)));
}
