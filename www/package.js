// Loads the package that lies beside the page. A missing file and a module that cannot start are told apart.

import { problemOf } from "./problems.js";

export async function loadPackage() {
  let tiyin;
  try {
    tiyin = await import("./tiyin/checkout.js");
  } catch (error) {
    return { problem: { code: "package_missing", field: "", message: String(error) } };
  }
  try {
    tiyin.som(1);
    return { tiyin };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}
