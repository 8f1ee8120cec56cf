//! Failures: the document's codes with its words.

use serde_json::json;

use crate::message::Response;

pub(super) const NO_SERVICE: u32 = 1001;
pub(super) const NO_USER: u32 = 1004;
pub(super) const NO_DATA: u32 = 1008;
pub(super) const NO_ACCESS: u32 = 1009;
pub(super) const NO_ACCOUNT: u32 = 1013;
pub(super) const BANK_OUTSIDE: u32 = 1014;
pub(super) const UNPRINTABLE_NAME: u32 = 1015;
pub(super) const UNPRINTABLE_PURPOSE: u32 = 1016;
pub(super) const FIELDS_MISSING: u32 = 1017;
pub(super) const SYSTEM_ERROR: u32 = 1111;

#[derive(Debug)]
pub(super) struct Refusal {
    status: u16,
    code: u32,
}

impl Refusal {
    pub(super) const fn new(code: u32) -> Self {
        Self { status: 200, code }
    }

    pub(super) const fn with_status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    pub(super) fn response(&self) -> Response {
        let Self { status, code } = *self;
        let response =
            Response::json(status, &json!({ "status": "error", "code": code, "message": message(code), "data": null }));
        if status == 401 { response.with_header("www-authenticate", "Basic realm=\"bank\"") } else { response }
    }
}

pub(super) fn refuse<T>(code: u32) -> Result<T, Refusal> {
    Err(Refusal::new(code))
}

const fn message(code: u32) -> &'static str {
    match code {
        NO_SERVICE => "Сервис не найден",
        1002 => "Настройки для сервиса отсутствуют",
        NO_USER => "Пользователь не найден",
        NO_DATA => "Не удалось получить данные",
        NO_ACCESS => "Нет доступа для метода",
        NO_ACCOUNT => "Счёт не найден",
        BANK_OUTSIDE => "Банк получателя не является участником СМП",
        UNPRINTABLE_NAME => "Поле Наименование получателя содержит непечатаемые символы",
        UNPRINTABLE_PURPOSE => "Поле Назначение платежа содержит непечатаемые символы",
        FIELDS_MISSING => "Отсутствуют обязательные поля",
        3333 => "Дата документа не может быть меньше даты операционного дня",
        2222 => "Критическая ошибка",
        SYSTEM_ERROR => "Системная ошибка",
        _ => "Неизвестная ошибка",
    }
}
