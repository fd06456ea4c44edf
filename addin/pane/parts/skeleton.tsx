/** Something is on its way: quiet bars where it will stand, and words for who cannot see them. */
export function Skeleton({ label }: Readonly<{ label: string }>) {
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {[72, 48, 90, 60].map((width) => (
        <div key={width} className="skeleton-bar" style={{ inlineSize: `${width}%` }} />
      ))}
    </div>
  );
}
