import { describeError } from "tiyin/messages";

export function Refusal({ error }) {
  if (!error) return null;
  const { text, advice } = describeError(error, "en");
  return (
    <p role="alert">
      {text} {advice}
    </p>
  );
}
