type ToggleProps = Readonly<{
  label: string;
  isOn: boolean;
  isDisabled: boolean;
  tabIndex: number;
  change: (isOn: boolean) => void;
}>;

/** A switch as plain as it can be: lists draw dozens of them while they scroll. */
export function Toggle({ label, isOn, isDisabled, tabIndex, change }: ToggleProps) {
  return (
    <button
      type="button"
      role="switch"
      className="toggle"
      aria-checked={isOn}
      aria-label={label}
      disabled={isDisabled}
      tabIndex={tabIndex}
      onClick={() => change(!isOn)}
    >
      <span className="toggle-track" aria-hidden="true">
        <span className="toggle-thumb" />
      </span>
    </button>
  );
}
