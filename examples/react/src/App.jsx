import { useState } from "react";

import { Bill } from "./Bill.jsx";
import { Code } from "./Code.jsx";
import { begunPayment, forgetPayment } from "./payment.js";
import { Result } from "./Result.jsx";
import { Services } from "./Services.jsx";

export function App() {
  const [service, setService] = useState();
  const [created, setCreated] = useState();
  const [payment, setPayment] = useState(begunPayment);

  function another() {
    forgetPayment();
    setPayment(undefined);
    setCreated(undefined);
    setService(undefined);
  }

  if (payment) return <Result payment={payment} onAgain={() => setPayment(undefined)} onAnother={another} />;
  if (created) return <Code created={created} onPay={setPayment} onBack={() => setCreated(undefined)} />;
  return (
    <>
      <h1>Pay a bill</h1>
      <Services onChoose={setService} />
      {service && <Bill key={service.serviceId} service={service} onCreate={setCreated} />}
    </>
  );
}
