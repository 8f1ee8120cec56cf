import { answers } from "../../questions.js";

export const dynamic = "force-dynamic";

export function GET() {
  return Response.json(answers());
}
