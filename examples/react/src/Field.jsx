export function Field({ field, onChange }) {
  const { name, title, kind, numeric, required, value, options } = field;
  const props = { id: name, value, required, onChange: ({ target }) => onChange(target.value) };
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
    </>
  );
}
