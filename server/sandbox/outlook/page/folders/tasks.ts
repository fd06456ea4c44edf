import { textAt, type Graph, type Json } from '../wire.ts';
import type { Folder } from './folder.ts';

/** To Do's own list of the person. */
export async function taskFolder(graph: Graph): Promise<Folder> {
  const lists = await graph.rows('/todo/lists');
  const own = lists.find((list) => list['wellknownListName'] === 'defaultList') ?? lists[0] ?? {};
  const place = `/todo/lists/${encodeURIComponent(textAt(own, 'id'))}/tasks`;
  return {
    name: 'tasks',
    title: 'Tasks',
    newLabel: 'New task',
    list: async () => {
      const rows = await graph.rows(`${place}?$top=200`);
      return rows.toSorted((one, other) => dueOf(one).localeCompare(dueOf(other)));
    },
    labelOf: (item) => textAt(item, 'title') || '(no title)',
    detailOf: (item) => (dueOf(item) ? `Due ${dueOf(item)}` : 'No due date'),
    groupOf: (item) => (item['status'] === 'completed' ? 'Done' : 'To do'),
    isEditable: () => true,
    fields: [
      [{ name: 'title', label: 'Title', type: 'text', isRequired: true }],
      [
        { name: 'due', label: 'Due', type: 'date' },
        { name: 'isImportant', label: 'Important', type: 'checkbox' },
        { name: 'isDone', label: 'Done', type: 'checkbox' },
      ],
      [{ name: 'notes', label: 'Notes', type: 'textarea' }],
    ],
    valuesOf: (item) => ({
      title: textAt(item, 'title'),
      due: dueOf(item),
      isImportant: item?.['importance'] === 'high' ? 'yes' : '',
      isDone: item?.['status'] === 'completed' ? 'yes' : '',
      notes: textAt(item, 'body', 'content').trim(),
    }),
    bodyOf: ({ title, due, isImportant, isDone, notes }) => ({
      title,
      dueDateTime: due ? { dateTime: `${due}T00:00:00`, timeZone: 'UTC' } : null,
      importance: isImportant ? 'high' : 'normal',
      status: isDone ? 'completed' : 'notStarted',
      body: { contentType: 'text', content: notes },
    }),
    place,
    pathOf: (item) => `${place}/${encodeURIComponent(textAt(item, 'id'))}`,
  };
}

function dueOf(item: Json | null): string {
  return textAt(item, 'dueDateTime', 'dateTime').slice(0, 10);
}
