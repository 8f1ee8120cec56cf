// Links to try the reader on: one that Paylov publishes, and three with the flaws that merchants meet.

const BASE = "https://my.paylov.uz/checkout/create/";
const MERCHANT = "571c06fb-6c61-4ef7-8567-5511abaf12b5";

export const examples = {
  vendor: `${BASE}bWVyY2hhbnRfaWQ9MmVmNGE4OTYtOGRhMi00OGE0LTlhZjMtMjYwN2U2OTIxMGVjJmFtb3VudD01MDAmY3VycmVuY3lfaWQ9ODYwJnJldHVybl91cmw9aHR0cHMlM0ElMkYlMkZnb29nbGUuY29tJmFtb3VudF9pbl90aXlpbj1UcnVlJmFjY291bnQub3JkZXJfaWQ9MTIzMw==`,
  unencoded:
    BASE + btoa(`merchant_id=${MERCHANT}&amount=500&account.order_id=12&return_url=https://returnurl`),
  json: BASE + btoa(JSON.stringify({ merchant_id: MERCHANT, amount: 500, account: { order_id: "12" } })),
  padding: BASE + btoa(`merchant_id=${MERCHANT}&amount=500&account.order_id=12`).replace(/=+$/, ""),
};
