import { useEffect, useState } from "react";

import { paylov } from "./payment.js";
import { Refusal } from "./Refusal.jsx";

export function Services({ onChoose }) {
  const [services, setServices] = useState([]);
  const [error, setError] = useState();

  useEffect(() => {
    paylov.listServices().then(setServices, setError);
  }, []);

  return (
    <>
      <label>
        Service
        <select
          defaultValue=""
          onChange={({ target }) => paylov.getFields(target.value).then(onChoose, setError)}
        >
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
