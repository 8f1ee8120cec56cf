// The server asks, at every request, and the browser gets the text.

import { answers } from "../../questions.js";

export const dynamic = "force-dynamic";

export default async function Page() {
  return <title>{JSON.stringify(await answers())}</title>;
}
