# Русский. `en.ftl` says what each line is for, and how to translate.

## Status, before a title. In capitals, where the script has them.

cancelled = ОТМЕНЕНО
postponed = ОТЛОЖЕНО
tentative = УТОЧНЯЕТСЯ
moved = ПЕРЕНЕСЕНО
titled = { $status }: { $title }

## Hours and days, beside a title

all-day = весь день
day-of = день { $day } из { $days }
from-time = с { $time }
until-time = до { $time }
until-date = до: { $date }
since-date = с: { $date }
moved-from = ранее: { $date }
time-range = { $from }–{ $to }
date-range = { $from } – { $to }
from-to = { $from } – { $to }
date-time = { $date }, { $time }
date-time-short = { $date } { $time }
local-time-each = по местному времени
local-time = { $time } по местному времени
today = сегодня
tomorrow = завтра
yesterday = вчера

## Places

online = онлайн
in-country = { $place }, { $country }

## Listings

all-dates = все даты
from-date = начиная с { $date }
times-in = время: { $zones }
nothing-found = Ничего не найдено.
nothing-on = Ничего не запланировано: { $date }.
nothing-from = Ничего не запланировано начиная с { $date }
nothing-between = Ничего не запланировано: { $first } – { $last }.
nothing-in = Ничего не запланировано: { $month }
advice-words = Попробуйте меньше слов или фильтров.
advice-days = Попробуйте больше дней (--days 90), меньше фильтров или `redletter search СЛОВА` для любых дат.
advice-new = В календаре пока нет событий; попробуйте `redletter new`.
more = … и ещё { $count }
more-limit = … и ещё { $count } (увеличьте --limit)
all-lists-each = --all покажет каждое
more-short = +{ $count }
join-link = участвовать

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = Когда
field-repeats = Повтор
field-next = Ближайшие
field-moved-from = Ранее
field-where = Где
field-coordinates = Координаты
field-access = Доступность
field-notes = Как найти
field-online = Онлайн
field-platform = Платформа
field-meeting-id = ID встречи
field-passcode = Код доступа
field-phone = Телефон
field-registration = Регистрация
field-organizers = Организаторы
field-contact = Контакт
field-page = Страница
field-tags = Метки
field-language = Язык
field-part-of = Часть
field-has-part = Включает
field-image = Изображение
field-source = Источник
end-assumed = (конец примерно)
is-moved = (перенесено)
is-cancelled = (отменено)
is-postponed = (отложено)
is-tentative = (уточняется)
day-all-day = { $date }, весь день
whole-days = { $count ->
    [one] { $first } – { $last }, { $count } полный день
    [few] { $first } – { $last }, { $count } полных дня
   *[other] { $first } – { $last }, { $count } полных дней
}
by-each-clock = { $time } по местному времени
days = { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[other] { $count } дней
}

## `redletter when`

whole-day-everywhere = { $date }: весь день, везде в эту дату
whole-days-everywhere = { $first } – { $last }: полные дни, везде в эти даты
begins-first = раньше всего начинается: { $date } ({ $place }, { $zone })
ends-at-sea = позже всего заканчивается, в море: { $date } ({ $zone })
ends-on-land = и на суше: { $date } ({ $place })

## The text of an event in a calendar program

join = Участвовать
join-by = Участвовать ({ $platform })
meeting-id = ID встречи
passcode = Код доступа
phone = Телефон
online-by = Онлайн
registration = Регистрация
accessibility = Доступность
step-free = без ступеней
sign-language = жестовый язык
captions = субтитры
hearing-loop = индукционная петля
childcare = присмотр за детьми
quiet-space = тихое место
named = { $name }: { $value }
moved-from-day = Прежняя дата: { $date }.
moved-from-zone = Прежняя дата: { $date } ({ $zone }).
moved-from-local = Прежняя дата: { $date } по местному времени.
clock = Местное время: { $time } ({ $zone }).
each-place-hours = { $time } по местному времени.
each-place = { $time }, по местному времени.

## What has no end yet, and what is for members

for-members = онлайн, для участников
day-number = день { $day }-й
day-number-behind = (день { $day }-й)
day-today = сегодня день { $day }-й
open-end = без даты окончания
open-from = с: { $date }, без даты окончания
clock-at-start = Начало: { $time } ({ $zone }).
register-link = зарегистрироваться
field-milestones = Рубежи
milestone-was = день { $day }-й: { $date }
milestone-today = день { $day }-й: сегодня, { $date }
milestone-is = день { $day }-й: { $date }
field-review-by = Проверить до
review-overdue = { $date }: уточняется, пока кто-нибудь не подтвердит продолжение
local-events = Местные акции
everywhere = Онлайн и повсюду
in-countries = { $count ->
    [one] { $locals }, { $count } страна
    [few] { $locals }, { $count } страны
   *[other] { $locals }, { $count } стран
}
countries-without = Страны этого календаря без акций: { $countries }

## How something repeats

repeat-days = { $count ->
    [1] каждый день
    [one] каждый { $count } день
    [few] каждые { $count } дня
   *[other] каждые { $count } дней
}
repeat-weeks = { $count ->
    [1] каждую неделю
    [one] каждую { $count } неделю
    [few] каждые { $count } недели
   *[other] каждые { $count } недель
}
repeat-months = { $count ->
    [1] каждый месяц
    [one] каждый { $count } месяц
    [few] каждые { $count } месяца
   *[other] каждые { $count } месяцев
}
repeat-years = { $count ->
    [1] каждый год
    [one] каждый { $count } год
    [few] каждые { $count } года
   *[other] каждые { $count } лет
}
repeat-dates = в несколько дней
repeat-times = { $count ->
    [one] { $count } раз
    [few] { $count } раза
   *[other] { $count } раз
}
more-dates = { $count ->
    [one] ещё { $count } дата
    [few] ещё { $count } даты
   *[other] ещё { $count } дат
}
month-day = { $day }-го числа
month-last-day = в последний день
nth-weekday = { $number ->
    [-1] { $day ->
            [3] последняя { $weekday }
            [5] последняя { $weekday }
            [6] последняя { $weekday }
            [7] последнее { $weekday }
           *[other] последний { $weekday }
        }
   *[other] { $day ->
            [3] { $number }-я { $weekday }
            [5] { $number }-я { $weekday }
            [6] { $number }-я { $weekday }
            [7] { $number }-е { $weekday }
           *[other] { $number }-й { $weekday }
        }
}

## Kinds of events

kind-protest = Протест
kind-strike = Забастовка
kind-forum = Форум
kind-action-day = День действий
kind-meeting = Встреча
kind-conference = Конференция
kind-vigil = Бдение
kind-occupation = Захват
kind-boycott = Бойкот
kind-commemoration = День памяти
kind-deadline = Крайний срок

## `redletter digest`

digest-changes = Что изменилось с { $date }
digest-ongoing = Продолжается
digest-cancelled = Отменено
digest-postponed = Отложено
digest-moved = Перенесено
digest-restored = Всё же состоится
digest-new = Новое
digest-changed = Изменено
digest-place = в другом месте
digest-end = закончится в другое время
digest-confirmed = теперь подтверждено
digest-uncertain = больше не наверняка
digest-dates = в другие дни
digest-rules = по новым правилам часового пояса
digest-from-to = { $from } → { $to }
digest-not-on = не состоится: { $date }
digest-locals = { $count ->
    [one] { $count } местное мероприятие
    [few] { $count } местных мероприятия
   *[other] { $count } местных мероприятий
}

## The frame of the site's pages

# What the language calls itself
own-name = Русский
# Links to the main pages
site-home = Главная
site-agenda = События
site-month = Месяц
site-subscribe = Подписаться
# The first link of a page, for keyboards
site-skip = Перейти к содержанию
# Names of groups of links, for screen readers
site-languages = Языки
site-pages = Страницы

## Pages that a server shows to whoever edits the records

# The newest state cannot be shown
site-stale = В записях есть ошибки: показано последнее состояние без них.

## Lists and months of the site

site-coming = Скоро
site-whole-agenda = Все события
site-red-days = Ближайшие дни действий
site-kinds = Виды
site-countries = Страны
site-feeds = Подписки
site-subscribe-how = Добавьте этот адрес как подписку в программу-календарь: она будет обновляться сама.
site-subscribe-open = Открыть в программе-календаре
site-subscribe-more = Как подписаться в каждой программе
site-search = Искать в этом списке
site-shown = Показано: { $count }
site-show-all = Показать все
site-no-match = Нет событий по запросу «{ $words }».
site-no-matches = Нет подходящих событий.
site-past = Прошедшее
site-months = Соседние месяцы
site-earlier = Раньше:
site-later = Позже:
site-throughout = Весь месяц
site-archive = Все месяцы
site-missing = Здесь нет страницы
site-missing-why = Возможно, в адресе ошибка или страница переехала. Всё, что предстоит, есть среди событий.
site-own-time = { $time } по вашему времени
site-zone = Ваш часовой пояс

## The page of an event, and its time in every zone

event-every-zone = Время во всех часовых поясах
event-map = На карте (OpenStreetMap)
event-add = Добавить в свой календарь
event-file = Файл календаря (.ics)
event-feeds = Или подпишитесь на ленту и узнавайте о каждом изменении:
event-next = Ближайшие даты
event-changed = Изменено: { $date }
event-cancelled = Не состоится.
event-postponed = В этот день не состоится. Новой даты пока нет.
event-tentative = Ещё не точно, что это состоится.
event-deleted = Удалено из календаря и не состоится.
event-over = Уже прошло.
days-before = { $count ->
    [one] на день раньше
    [few] на { $count } дня раньше
   *[other] на { $count } дней раньше
}
days-after = { $count ->
    [one] на день позже
    [few] на { $count } дня позже
   *[other] на { $count } дней позже
}
when-order = С запада на восток: что показывают часы там, где живут люди.

## How to subscribe

subscribe-lead = Подпишитесь один раз. Ваш календарь сам покажет все события и каждое изменение.
subscribe-relative = Эта копия сайта не знает своего адреса. Скопируйте адрес ссылки «.ics» ниже.
subscribe-feeds = Ленты
subscribe-how = В вашей программе
subscribe-open = Открыть в моём календаре
subscribe-then = Что дальше
subscribe-refresh = { $count ->
    [one] Программы сами ищут изменения, многие — каждый { $count } час.
    [few] Программы сами ищут изменения, многие — каждые { $count } часа.
   *[other] Программы сами ищут изменения, многие — каждые { $count } часов.
}
subscribe-google-slow = Google Календарь может показать изменение только через день.
subscribe-privacy = Владелец вашего календаря, например Google, Apple или Microsoft, видит, на какую ленту вы подписаны.
subscribe-file = Скачанный файл больше не меняется. Подписка — меняется.
subscribe-iphone = Нажмите «Открыть в моём календаре», затем «Подписаться». Или: Календарь → Календари → Добавить календарь → Добавить подписной календарь, и вставьте адрес.
subscribe-mac = Календарь → Файл → Новая подписка на календарь, и вставьте адрес.
subscribe-android = Добавьте ленту в Google Календарь в браузере; потом она появится на телефоне. Без Google: установите ICSx⁵ и вставьте адрес.
subscribe-google = Вставьте адрес в «Добавить по URL»:
subscribe-outlook = В новом Outlook и в браузере: Календарь → Добавить календарь → Подписаться из Интернета, и вставьте адрес.
subscribe-outlook-classic = Файл → Настройка учётных записей → Интернет-календари → Создать, и вставьте адрес.
subscribe-thunderbird = Новый календарь → В сети, и вставьте адрес.
subscribe-nextcloud = Календарь → Новый календарь → Новая подписка по ссылке, и вставьте адрес.
subscribe-terminal = khal: пара vdirsyncer с хранилищем типа http. calcurse: «calcurse -i» со скачанным файлом.

## What is otherwise than its rule, or by the clock of a place

whole-day-there = { $date }: весь день, по местному времени ({ $place })
event-not-on = кроме: { $date }
event-instead-of = вместо: { $date }
