// A client component: the browser asks.

"use client";

import { useEffect } from "react";
import { answers } from "../questions.js";

export default function Page() {
  useEffect(() => {
    document.title = JSON.stringify(answers());
  }, []);
  return null;
}
