// A client component: the browser asks.

"use client";

import { useEffect } from "react";
import { answers } from "../questions.js";

export default function Page() {
  useEffect(() => {
    answers().then((given) => {
      document.title = JSON.stringify(given);
    });
  }, []);
  return null;
}
