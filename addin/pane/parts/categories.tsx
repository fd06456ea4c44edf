import type { Me } from '../../../shared/api.ts';
import type { ItemSummary } from '../../../shared/api-items.ts';
import { usePane } from '../pane-context.ts';

type CategoriesProps = Readonly<{ item: ItemSummary; me: Me }>;

/** Categories as badges in Outlook's own colours; those that carry the mark stand out by their edge and weight. */
export function Categories({ item, me }: CategoriesProps) {
  const domain = me.domains.find((one) => one.domain === item.domain);
  const marks = [domain?.category, domain?.employeeCategory].map((name) => name?.toLowerCase());
  return (
    <span className="badges">
      {item.categories.map((name) => (
        <Category key={name} name={name} isMark={marks.includes(name.toLowerCase())} />
      ))}
    </span>
  );
}

function Category({ name, isMark }: Readonly<{ name: string; isMark: boolean }>) {
  const { colours } = usePane();
  const colour = colours.get(name.toLowerCase());
  const { paint, ink } = colour ?? { paint: undefined, ink: undefined };
  const classes = ['badge', isMark && 'badge-mark', colour && 'badge-painted'].filter(Boolean).join(' ');
  return (
    <span className={classes} style={{ backgroundColor: paint, borderColor: paint, color: ink }} dir="auto">
      {name}
      {colour && <span className="badge-swatch" style={{ backgroundColor: paint }} />}
    </span>
  );
}
