import { useEffect, useState } from "react";

import { paylov } from "./payment.js";
import { Refusal } from "./Refusal.jsx";

export function Services({ onChoose }) {
  const [services, setServices] = useState([]);
  const [serviceId, setServiceId] = useState("");
  const [error, setError] = useState();

  useEffect(() => {
    paylov.listServices().then(setServices, setError);
  }, []);

  useEffect(() => {
    if (!serviceId) return undefined;
    // Answers may come in another order than services were chosen in.
    let isLast = true;
    paylov.getFields(serviceId).then(
      (service) => isLast && onChoose(service),
      (failure) => isLast && setError(failure),
    );
    return () => {
      isLast = false;
    };
  }, [serviceId, onChoose]);

  function choose({ target }) {
    onChoose(undefined);
    setError(undefined);
    setServiceId(target.value);
  }

  return (
    <>
      <label>
        Service
        <select value={serviceId} onChange={choose}>
          <option value="" disabled>
            Choose one
          </option>
          {services.map(({ serviceId, name, payable }) => (
            <option key={serviceId} value={serviceId} disabled={!payable}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Refusal error={error} />
    </>
  );
}
