import { h } from './dom.ts';
import type { Field, Folder, Values } from './folders/folder.ts';
import type { Json } from './wire.ts';

export type ItemForm = Readonly<{
  element: HTMLFormElement;
  values: () => Values;
  isDirty: () => boolean;
  /** Whether everything required stands there; shows what does not. */
  check: () => boolean;
}>;

/** The fields of an item. Somebody else's appointment is shown and cannot be changed. */
export function itemForm(folder: Folder, item: Json | null, now: Date): ItemForm {
  const values = folder.valuesOf(item, now);
  const isFixed = item !== null && !folder.isEditable(item);
  let isDirty = false;
  const input = (field: Field): HTMLElement => {
    const control = controlFor(field, values[field.name] ?? '');
    control.toggleAttribute('disabled', isFixed);
    return h('label', {}, field.label, control);
  };
  const rows = folder.fields.map((fields) => h('div', { class: 'row' }, ...fields.map(input)));
  const element = h(
    'form',
    {
      'aria-label': folder.newLabel ?? folder.title,
      input: () => {
        isDirty = true;
      },
      submit: (event) => event.preventDefault(),
    },
    ...rows,
  );
  return {
    element,
    values: () => valuesIn(element),
    isDirty: () => isDirty,
    check: () => element.reportValidity(),
  };
}

function controlFor({ name, type, isRequired }: Field, value: string): HTMLElement {
  if (type === 'textarea') return h('textarea', { name }, value);
  if (type === 'checkbox') return h('input', { name, type, value: 'yes', checked: value !== '' });
  return h('input', { name, type, value, required: isRequired ?? false });
}

function valuesIn(form: HTMLFormElement): Values {
  const given = [...new FormData(form).entries()];
  return Object.fromEntries(given.map(([name, value]) => [name, typeof value === 'string' ? value : '']));
}
