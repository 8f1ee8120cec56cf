// Return URLs of an order: which are taken, as they are, and which are refused as what.

import { checkoutLink, parseCheckoutLink } from "tiyin/checkout";
import { each, equal, refused } from "./harness.js";
import { vendorOrder } from "./orders.js";

const build = (returnUrl) => checkoutLink(vendorOrder({ returnUrl }));

each(
  "an absolute https URL comes back exactly as it was given",
  [
    ["https://returnurl"],
    ["https://google.com"],
    ["https://shop.example.uz/"],
    ["https://shop.example.uz/back?order=12&ok=1#paid"],
    ["https://shop.example.uz?order=12"],
    ["https://shop.example.uz#paid"],
    ["https://shop.example.uz:8443/back"],
    ["https://shop.example.uz/@user"],
    ["https://shop.example.uz/?mail=a@b.uz"],
    ["https://shop.example.uz//double//slash"],
    ["https://shop.example.uz/%D1%8E%20x?a=%26"],
    ["https://shop.example.uz/~user/a+b;c,d(e)*f!g$h'i"],
    ["https://xn--e1aybc.xn--p1ai/"],
    ["https://тўлов.example.uz/қайтиш?ҳа=1#ғ"],
    ["https://дўкон.рф"],
    ["https://shop.example.uz/😀"],
    ["https://192.0.2.7/back"],
    ["https://[2001:db8::1]:8443/back"],
    ["http://localhost"],
    ["http://localhost/"],
    ["http://localhost:3000/back?a=1"],
    ["http://localhost#x"],
    ["http://127.0.0.1"],
    ["http://127.0.0.1:8080/back"],
    ["https://localhost/"],
    [`https://shop.example.uz/?q=${"a".repeat(3000)}`],
  ],
  (returnUrl) => {
    equal(parseCheckoutLink(build(returnUrl)), { order: vendorOrder({ returnUrl }), warnings: [] });
  },
);

each(
  "http is for localhost and 127.0.0.1, and for nothing that only looks like them",
  [
    ["http://shop.example.uz/"],
    ["http://returnurl"],
    ["http://localhost.example.uz/"],
    ["http://localhost.:3000.example/"],
    ["http://mylocalhost/"],
    ["http://127.0.0.1.example.uz/"],
    ["http://127.0.0.11/"],
    ["http://192.168.0.1/"],
    ["http://[2001:db8::1]/"],
    ["http://shop.example.uz/localhost"],
    ["http://shop.example.uz/http://localhost"],
    ["http://shop.example.uz?@localhost/"],
    ["http://shop.example.uz#@localhost/"],
    ["http://shop.example.uz#localhost"],
  ],
  (returnUrl) => {
    refused(() => build(returnUrl), ["insecure_return_url", "invalid_return_url"], "returnUrl");
  },
);

each(
  "the plain insecure cases are called so",
  [
    ["http://shop.example.uz/"],
    ["http://returnurl"],
    ["http://192.168.0.1:3000/"],
    ["http://localhost.example.uz/"],
  ],
  (returnUrl) => {
    refused(() => build(returnUrl), "insecure_return_url", "returnUrl");
  },
);

each(
  "other schemes are refused",
  [
    ["javascript:alert(1)"],
    ["JavaScript:alert(1)"],
    ["javascript://localhost/%0aalert(1)"],
    ["data:text/html,x"],
    ["ftp://shop.example.uz/"],
    ["file:///etc/passwd"],
    ["mailto:a@example.uz"],
    ["ws://shop.example.uz/"],
    ["blob:https://shop.example.uz/1"],
  ],
  (returnUrl) => {
    refused(() => build(returnUrl), "unsupported_scheme", "returnUrl");
  },
);

each(
  "what is no absolute URL without user info, spaces or control characters is refused",
  [
    [""],
    ["returnurl"],
    ["shop.example.uz/back"],
    ["/back"],
    ["//shop.example.uz/back"],
    ["?a=1"],
    ["https:"],
    ["https:/"],
    ["https://"],
    ["https:///back"],
    ["https://?a=1"],
    ["https://#a"],
    ["https://:443/"],
    ["https://exa mple.uz/"],
    ["https://shop.example.uz/a b"],
    [" https://shop.example.uz/"],
    ["https://shop.example.uz/ "],
    ["https://shop.example.uz/\n"],
    ["https://shop.example.uz/\r\nSet-Cookie: a"],
    ["https://shop.example.uz/\t"],
    ["https://shop.example.uz/\u0000"],
    ["https://shop.example.uz/\u007f"],
    ["https://user@shop.example.uz/"],
    ["https://user:password@shop.example.uz/"],
    ["https://@shop.example.uz/"],
    ["http://localhost@shop.example.uz/"],
    ["http://localhost:3000@shop.example.uz/"],
    ["http://user@localhost/"],
  ],
  (returnUrl) => {
    refused(() => build(returnUrl), "invalid_return_url", "returnUrl");
  },
);

each(
  "a backslash, which browsers read as a slash, never hides the host",
  [
    ["http://shop.example.uz\\@localhost/"],
    ["http://localhost\\@shop.example.uz/"],
    ["http:\\\\shop.example.uz/"],
  ],
  (returnUrl) => {
    refused(() => build(returnUrl), ["invalid_return_url", "insecure_return_url"], "returnUrl");
  },
);

each(
  "a return URL is text",
  [
    [new URL("https://shop.example.uz/"), "invalid_type"],
    [null, "invalid_type"],
    [5, "invalid_type"],
    [["https://shop.example.uz/"], "invalid_type"],
    ["https://shop.example.uz/\ud800", "lone_surrogate"],
    [`https://shop.example.uz/${"a".repeat(65536)}`, "too_long"],
  ],
  (returnUrl, code) => {
    refused(() => build(returnUrl), code, "returnUrl");
  },
);
