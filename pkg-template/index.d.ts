export * from "./checkout.js";
