import { describeError } from "tiyin/messages";

export function Field({ field, showsError, onChange }) {
  const { name, title, kind, numeric, required, value, options } = field;
  const error = showsError && field.error;
  const hint = `${name}-error`;
  const props = {
    id: name,
    value,
    required,
    "aria-invalid": Boolean(error),
    "aria-describedby": error ? hint : undefined,
    onChange: ({ target }) => onChange(target.value),
  };
  return (
    <>
      <label htmlFor={name}>{title}</label>
      {kind === "select" ? (
        <select {...props} disabled={options.length === 0}>
          <option value="">Choose one</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.title}
            </option>
          ))}
        </select>
      ) : (
        <input {...props} inputMode={numeric ? "numeric" : "text"} />
      )}
      {error && <p id={hint}>{describeError({ code: error }, "en").advice}</p>}
    </>
  );
}
