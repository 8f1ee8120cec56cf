//! What is in the catalogue: the services of the document's examples, and what else a merchant may meet.

use super::{Choice, Content, Fact, Field, Kind, Pattern, ResponseField, Service};

const UTILITIES: (u32, &str) = (3, "Коммунальные услуги");
const MOBILE: (u32, &str) = (1, "Мобильная связь");
const INTERNET: (u32, &str) = (2, "Интернет и ТВ");
const EDUCATION: (u32, &str) = (7, "Образование");
const STATE: (u32, &str) = (9, "Государственные услуги");
const TRANSFERS: (u32, &str) = (33, "Переводы");
const GAMES: (u32, &str) = (12, "Игры и ваучеры");

const PLAIN: Service = Service {
    id: "",
    name: "",
    category: UTILITIES,
    min: 500,
    max: 5_000_000,
    is_active: true,
    has_info: false,
    can_cancel: false,
    payment_available: true,
    is_for_merchant: true,
    logo: None,
    fields: &[],
    response_fields: &[],
    facts: &[],
    is_alone_in_fields: false,
    gives_vouchers: false,
};

pub(super) const SERVICES: &[Service] = &[
    Service {
        id: "6ae5eaf5-9b70-4aa9-9260-2438e99affa0",
        name: "Плата за электроэнергию",
        has_info: true,
        fields: ELECTRICITY,
        response_fields: ELECTRICITY_ANSWERS,
        facts: ELECTRICITY_FACTS,
        ..PLAIN
    },
    Service {
        id: "d2369eff-a542-4d59-90d1-f00c76d0b4e4",
        name: "Горячая вода и отопление",
        max: 3_000_000,
        has_info: true,
        logo: Some("https://cdn.paylov.uz/2024/12/05/mobi.png"),
        fields: &[region("21", REGIONS), Field { length: Some(10), ..number("22", "account", "Лицевой счёт") }],
        response_fields: &[
            ResponseField("1401", "fio", "ФИО", None),
            ResponseField("1402", "saldo", "Баланс", Some("UZS")),
        ],
        facts: &[(Fact::Name, "fio", "ФИО"), (Fact::Balance, "saldo", "Баланс")],
        ..PLAIN
    },
    Service {
        id: "9f877739-bc25-4f0f-a13f-ec485fd04250",
        name: "Электроэнергия, юридические лица",
        has_info: true,
        fields: ELECTRICITY,
        response_fields: ELECTRICITY_ANSWERS,
        facts: ELECTRICITY_FACTS,
        ..PLAIN
    },
    Service {
        id: "5b0e7c1a-3f52-4a5e-8a63-0d5c9f2b7e11",
        name: "Природный газ",
        max: 4_000_000,
        has_info: true,
        can_cancel: true,
        fields: &[
            region("31", REGIONS),
            Field {
                length: Some(12), validation: Some(TWELVE_DIGITS), ..number("32", "account", "Лицевой счёт")
            },
        ],
        response_fields: &[ResponseField("1501", "saldo", "Баланс", Some("UZS"))],
        facts: &[(Fact::Balance, "saldo", "Баланс"), (Fact::Always("Хисобгич: 004518"), "meter", "Счётчик")],
        is_alone_in_fields: true,
        ..PLAIN
    },
    Service {
        id: "3b03419c-2850-401f-b418-75d4c9b71b66",
        name: "Ucell",
        category: MOBILE,
        max: 1_000_000,
        logo: Some("https://cdn.paylov.uz/2024/12/05/ucell.png"),
        fields: &[Field {
            length: Some(9), validation: Some(NINE_DIGITS), ..number("41", "phone", "Номер телефона")
        }],
        ..PLAIN
    },
    Service {
        id: "b1f7d3c2-64c8-4d0b-9c1a-27e5f1a40c35",
        name: "Mobiuz",
        category: MOBILE,
        min: 1_000,
        max: 1_000_000,
        logo: Some("https://cdn.paylov.uz/2024/12/05/mobi.png"),
        fields: &[Field { validation: Some(MOBIUZ), ..number("42", "phone", "Номер телефона") }],
        ..PLAIN
    },
    Service {
        id: "e0a4c86d-91b7-4f27-b6d8-83f4f0d2c9a6",
        name: "Uzonline",
        category: INTERNET,
        min: 1_000,
        has_info: true,
        logo: Some("https://cdn.paylov.uz/2024/12/05/uzonline.png"),
        fields: &[
            Field { content: Content::Text, length: Some(32), ..number("51", "login", "Логин") },
            Field { content: Content::Text, required: false, ..number("52", "comment", "Комментарий") },
        ],
        response_fields: &[ResponseField("1601", "saldo", "Баланс", Some("UZS"))],
        facts: &[(Fact::Balance, "saldo", "Баланс"), (Fact::Always("Unlim 100"), "tariff", "Тариф")],
        ..PLAIN
    },
    Service {
        id: "7c9d2b40-0a6e-4c19-a1f8-5e3d7b86f024",
        name: "Оплата за детский сад",
        category: EDUCATION,
        has_info: true,
        fields: KINDERGARTEN,
        response_fields: &[
            ResponseField("1701", "fio", "ФИО ребёнка", None),
            ResponseField("1702", "last_paid", "Последний платёж", Some("UZS")),
        ],
        facts: &[(Fact::Name, "fio", "ФИО ребёнка"), (Fact::LastPaid, "last_paid", "Последний платёж")],
        ..PLAIN
    },
    Service {
        id: "f4b8e6a1-2d73-4e95-8c0d-6a9b1c5f3e72",
        name: "Штрафы за нарушение ПДД",
        category: STATE,
        min: 1_000,
        max: 20_000_000,
        has_info: true,
        can_cancel: true,
        fields: &[
            choice("61", "series", "Серия", SERIES),
            Field { length: Some(9), ..number("62", "number", "Номер протокола") },
        ],
        response_fields: &[ResponseField("1801", "fio", "ФИО", None)],
        facts: &[(Fact::Time, "time", "Время"), (Fact::Name, "fio", "ФИО"), (Fact::Address, "address", "Адрес")],
        ..PLAIN
    },
    Service {
        id: "28c1a9f5-b7e4-4036-9d52-c40f8e7a6b13",
        name: "Mehr-shafqat xayriya jamg‘armasi",
        category: TRANSFERS,
        max: 10_000_000,
        ..PLAIN
    },
    Service {
        id: "a93e5d07-46f1-4b8c-b2e9-1f7d60c8a354",
        name: "Steam",
        category: GAMES,
        min: 10_000,
        max: 2_000_000,
        fields: &[Field { content: Content::Text, length: Some(64), ..number("71", "email", "E-mail") }],
        response_fields: &[ResponseField("1901", "voucher", "Код ваучера", None)],
        gives_vouchers: true,
        ..PLAIN
    },
    Service {
        id: "0d6f4b92-c85a-4e1d-8b37-9e2a5c7f1046",
        name: "Погашение кредита",
        category: TRANSFERS,
        max: 50_000_000,
        is_for_merchant: false,
        fields: &[Field { length: Some(20), ..number("81", "contract", "Номер договора") }],
        ..PLAIN
    },
    Service {
        id: "c6e2f7b8-19d4-4a60-93ce-b5807d1a2f49",
        name: "Uzdigital TV",
        category: INTERNET,
        is_active: false,
        fields: &[Field { length: Some(11), ..number("91", "account", "Лицевой счёт") }],
        ..PLAIN
    },
    Service {
        id: "83a5d1e9-7f2c-4b46-a0d7-4c6e9b3f8125",
        name: "Вывоз мусора",
        payment_available: false,
        fields: &[region("101", REGIONS), number("102", "account", "Лицевой счёт")],
        ..PLAIN
    },
];

const fn choice(id: &'static str, name: &'static str, title: &'static str, choices: &'static [Choice]) -> Field {
    Field { kind: Kind::Select(choices), content: Content::Text, ..number(id, name, title) }
}

const fn region(id: &'static str, choices: &'static [Choice]) -> Field {
    choice(id, "region", "Регион", choices)
}

const fn number(id: &'static str, name: &'static str, title: &'static str) -> Field {
    Field {
        id,
        name,
        title,
        kind: Kind::Text,
        content: Content::Number,
        validation: None,
        length: None,
        required: true,
        dependency_of: None,
    }
}

const fn value(id: u32, value: &'static str, title: &'static str, filter: Option<&'static str>) -> Choice {
    Choice { id, value, title, filter }
}

const REGIONS: &[Choice] = &[
    value(7, "1", "г. Ташкент", None),
    value(8, "2", "Ташкентская область", None),
    value(9, "3", "Самаркандская область", None),
];

const ELECTRICITY: &[Field] = &[
    choice("9", "region", "region", REGIONS),
    Field { dependency_of: Some("region"), ..choice("10", "soato", "soato", SOATO) },
    number("11", "customer_code", "customer_code"),
];

const SOATO: &[Choice] = &[
    value(48, "26280", "26280 - Алмазарский ЭСП", Some("1")),
    value(49, "26264", "26264 - Бектемирский ЭСП", Some("1")),
    value(50, "26290", "26290 - Яшнабадский ЭСП", Some("1")),
    value(51, "27212", "27212 - Ангренский ЭСП", Some("2")),
    value(52, "27224", "27224 - Чирчикский ЭСП", Some("2")),
    value(53, "18401", "18401 - Самаркандский ЭСП", Some("3")),
];

const ELECTRICITY_ANSWERS: &[ResponseField] = &[
    ResponseField("1311", "fio", "fio", None),
    ResponseField("1314", "last_paid_date", "last_paid_date", None),
    ResponseField("1315", "last_paid", "last_paid", Some("UZS")),
    ResponseField("1313", "saldo", "balance", Some("UZS")),
    ResponseField("1343", "tariff_price", "tariff_price", None),
    ResponseField("1344", "kwn", "kVts xisoblangani", None),
];

const ELECTRICITY_FACTS: &[(Fact, &str, &str)] = &[
    (Fact::Time, "time", "time"),
    (Fact::Name, "fio", "fio"),
    (Fact::Address, "address", "address"),
    (Fact::LastPaidDate, "last_paid_date", "last_paid_date"),
    (Fact::Always("3431.28"), "pokcob", "bypass_indication"),
    (Fact::Always("2024-10-08"), "dateob", "bypass_date"),
    (Fact::LastPaid, "last_paid", "last_paid"),
    (Fact::Balance, "saldo", "balance"),
];

/// Three levels, of which the first has two children.
const KINDERGARTEN: &[Field] = &[
    region("111", REGIONS),
    Field { dependency_of: Some("region"), ..choice("112", "district", "Район", DISTRICTS) },
    Field { dependency_of: Some("district"), ..choice("113", "kindergarten", "Детский сад", KINDERGARTENS) },
    Field { dependency_of: Some("region"), ..choice("114", "program", "Программа", PROGRAMS) },
    Field {
        length: Some(14), validation: Some(UP_TO_FOURTEEN_DIGITS), ..number("115", "child_id", "ID ребёнка")
    },
];

/// Numbered anew in each region, so that a value alone does not tell the district.
const DISTRICTS: &[Choice] = &[
    value(201, "01", "Мирабадский район", Some("1")),
    value(202, "02", "Юнусабадский район", Some("1")),
    value(203, "01", "Зангиатинский район", Some("2")),
    value(204, "03", "Кибрайский район", Some("2")),
    value(205, "04", "Ургутский район", Some("3")),
];

const KINDERGARTENS: &[Choice] = &[
    value(301, "1015", "ДОО № 15", Some("01")),
    value(302, "1122", "ДОО № 122", Some("01")),
    value(303, "2007", "ДОО № 7", Some("02")),
    value(304, "3031", "ДОО № 31", Some("03")),
    value(305, "4002", "ДОО № 2", Some("04")),
    value(306, "9999", "Семейный детский сад", None),
];

const PROGRAMS: &[Choice] = &[
    value(401, "full", "Полный день", None),
    value(402, "sport", "Спортивная группа", Some("1")),
    value(403, "logo", "Логопедическая группа", Some("2")),
];

const SERIES: &[Choice] = &[value(501, "RA", "RA", None), value(502, "RR", "RR", None), value(503, "KV", "KV", None)];

const NINE_DIGITS: Pattern = Pattern { text: "^\\d{9}$", holds: |text| text.len() == 9 && is_digits(text) };

const TWELVE_DIGITS: Pattern = Pattern { text: "^[0-9]{12}$", holds: |text| text.len() == 12 && is_digits(text) };

const UP_TO_FOURTEEN_DIGITS: Pattern =
    Pattern { text: "^[0-9]{1,14}$", holds: |text| (1..=14).contains(&text.len()) && is_digits(text) };

const MOBIUZ: Pattern = Pattern {
    text: "^(88|97)[0-9]{7}$",
    holds: |text| text.len() == 9 && is_digits(text) && (text.starts_with("88") || text.starts_with("97")),
};

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
