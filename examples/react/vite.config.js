import react from "@vitejs/plugin-react";

// In production this path leads to your proxy, which holds Paylov's key.
const proxy = { "/paylov": process.env.SANDBOX ?? "http://127.0.0.1:8788" };

export default { plugins: [react()], server: { proxy }, preview: { proxy } };
