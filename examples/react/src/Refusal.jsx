import { describeError } from "tiyin/messages";

export function Refusal({ error }) {
  return error ? <p role="alert">{describeError(error, "en").text}</p> : null;
}
