import type { Me } from '../../../shared/api.ts';
import type { ItemSummary } from '../../../shared/api-items.ts';

type CategoriesProps = Readonly<{ item: ItemSummary; me: Me }>;

/** Categories as badges; those that carry the mark stand out by colour and by their edge. */
export function Categories({ item, me }: CategoriesProps) {
  const domain = me.domains.find((one) => one.domain === item.domain);
  const marks = [domain?.category, domain?.employeeCategory].map((name) => name?.toLowerCase());
  return (
    <span className="badges">
      {item.categories.map((name) => (
        <span
          key={name}
          className={marks.includes(name.toLowerCase()) ? 'badge badge-mark' : 'badge'}
          dir="auto"
        >
          {name}
        </span>
      ))}
    </span>
  );
}
