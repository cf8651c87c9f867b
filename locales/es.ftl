# Español. `en.ftl` says what each line is for, and how to translate.

## Status, before a title. In capitals, where the script has them.

cancelled = CANCELADO
postponed = APLAZADO
tentative = POR CONFIRMAR
moved = NUEVA FECHA
titled = { $status }: { $title }

## Hours and days, beside a title

all-day = todo el día
day-of = día { $day } de { $days }
from-time = desde las { $time }
until-time = hasta las { $time }
until-date = hasta el { $date }
since-date = desde el { $date }
moved-from = antes: { $date }
time-range = { $from }–{ $to }
date-range = { $from } – { $to }
from-to = { $from } – { $to }
date-time = { $date }, { $time }
date-time-short = { $date } { $time }
local-time-each = hora local de cada lugar
local-time = { $time }, hora local
today = hoy
tomorrow = mañana
yesterday = ayer

## Places

online = en línea
in-country = { $place }, { $country }

## Listings

all-dates = todas las fechas
from-date = desde el { $date }
times-in = horas de { $zones }
nothing-found = No se encontró nada.
nothing-on = No hay nada previsto: { $date }.
nothing-from = No hay nada previsto desde el { $date }.
nothing-between = No hay nada previsto: { $first } – { $last }.
nothing-in = No hay nada previsto en { $month }.
advice-words = Pruebe con menos palabras o menos filtros.
advice-days = Pruebe con más días (--days 90), menos filtros o `redletter search PALABRAS` para cualquier fecha.
advice-new = El calendario aún no tiene eventos; pruebe `redletter new`.
more = … y { $count } más
more-limit = … y { $count } más (suba --limit)
all-lists-each = --all los lista uno a uno
more-short = +{ $count }
join-link = unirse

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = Cuándo
field-repeats = Se repite
field-next = Próximas
field-moved-from = Antes
field-where = Dónde
field-coordinates = Coordenadas
field-access = Accesibilidad
field-notes = Cómo llegar
field-online = En línea
field-platform = Plataforma
field-meeting-id = ID de reunión
field-passcode = Contraseña
field-phone = Teléfono
field-registration = Inscripción
field-organizers = Convoca
field-contact = Contacto
field-page = Página
field-tags = Etiquetas
field-language = Idioma
field-part-of = Parte de
field-has-part = Incluye
field-image = Imagen
field-source = Fuente
end-assumed = (fin estimado)
is-moved = (nueva fecha)
is-cancelled = (cancelado)
is-postponed = (aplazado)
is-tentative = (por confirmar)
day-all-day = { $date }, todo el día
whole-days = { $count ->
    [one] { $first } – { $last }, { $count } día completo
   *[other] { $first } – { $last }, { $count } días completos
}
by-each-clock = { $time }, hora local de cada lugar
days = { $count ->
    [one] { $count } día
   *[other] { $count } días
}

## `redletter when`

whole-day-everywhere = { $date }: todo el día, en esa fecha en todas partes
whole-days-everywhere = { $first } – { $last }: días completos, en esas fechas en todas partes
begins-first = empieza primero: { $date } ({ $place }, { $zone })
ends-at-sea = termina al final, en el mar: { $date } ({ $zone })
ends-on-land = y en tierra: { $date } ({ $place })

## The text of an event in a calendar program

join = Unirse
join-by = Unirse ({ $platform })
meeting-id = ID de reunión
passcode = Contraseña
phone = Teléfono
online-by = En línea
registration = Inscripción
accessibility = Accesibilidad
step-free = sin escalones
sign-language = lengua de signos
captions = subtítulos
hearing-loop = bucle magnético
childcare = cuidado infantil
quiet-space = espacio tranquilo
named = { $name }: { $value }
moved-from-day = Fecha anterior: { $date }.
moved-from-zone = Fecha anterior: { $date } ({ $zone }).
moved-from-local = Fecha anterior: { $date }, hora local.
clock = Hora local: { $time } ({ $zone }).
each-place-hours = { $time }, hora local de cada lugar.
each-place = { $time }, hora local de cada lugar.

## What has no end yet, and what is for members

for-members = en línea, solo para miembros
day-number = día { $day }
day-number-behind = (día { $day })
day-today = hoy, día { $day }
open-end = sin fecha de fin
open-from = desde el { $date }, sin fecha de fin
clock-at-start = Comienzo: { $time } ({ $zone }).
register-link = inscribirse
field-milestones = Hitos
milestone-was = día { $day }: { $date }
milestone-today = día { $day }: hoy, { $date }
milestone-is = día { $day }: { $date }
field-review-by = Revisar antes
review-overdue = { $date }: por confirmar hasta que alguien confirme que continúa
local-events = Actos locales
everywhere = En línea y en todas partes
in-countries = { $count ->
    [one] { $locals } en { $count } país
   *[other] { $locals } en { $count } países
}
countries-without = Países de este calendario sin ninguno: { $countries }

## How something repeats

repeat-days = { $count ->
    [1] cada día
   *[other] cada { $count } días
}
repeat-weeks = { $count ->
    [1] cada semana
   *[other] cada { $count } semanas
}
repeat-months = { $count ->
    [1] cada mes
   *[other] cada { $count } meses
}
repeat-years = { $count ->
    [1] cada año
   *[other] cada { $count } años
}
repeat-dates = en varias fechas
repeat-times = { $count ->
    [one] una vez
   *[other] { $count } veces
}
more-dates = { $count ->
    [one] { $count } fecha más
   *[other] { $count } fechas más
}
month-day = día { $day }
month-last-day = último día
nth-weekday = { $number ->
    [-1] último { $weekday }
    [1] 1.er { $weekday }
   *[other] { $number }.º { $weekday }
}

## Kinds of events

kind-protest = Protesta
kind-strike = Huelga
kind-forum = Foro
kind-action-day = Jornada de acción
kind-meeting = Reunión
kind-conference = Conferencia
kind-vigil = Vigilia
kind-occupation = Ocupación
kind-boycott = Boicot
kind-commemoration = Conmemoración
kind-deadline = Fecha límite

## `redletter digest`

digest-changes = Qué ha cambiado desde el { $date }
digest-ongoing = En curso
digest-cancelled = Cancelado
digest-postponed = Aplazado
digest-moved = Cambio de fecha
digest-restored = Se celebra finalmente
digest-new = Nuevo
digest-changed = Cambios
digest-place = en otro lugar
digest-end = termina a otra hora
digest-confirmed = ya confirmado
digest-uncertain = ya no es seguro
digest-dates = en otras fechas
digest-rules = por nuevas reglas horarias
digest-from-to = { $from } → { $to }
digest-not-on = no será el { $date }
digest-locals = { $count ->
    [one] { $count } acto local
   *[other] { $count } actos locales
}

## The frame of the site's pages

# What the language calls itself
own-name = Español
# Links to the main pages
site-home = Inicio
site-agenda = Agenda
site-month = Mes
site-subscribe = Suscribirse
# The first link of a page, for keyboards
site-skip = Saltar al contenido
# Names of groups of links, for screen readers
site-languages = Idiomas
site-pages = Páginas

## Pages that a server shows to whoever edits the records

# The newest state cannot be shown
site-stale = Los registros tienen errores: este es el último estado sin ellos.

## Lists and months of the site

site-coming = Próximamente
site-whole-agenda = Toda la agenda
site-red-days = Próximas jornadas de acción
site-kinds = Tipos
site-countries = Países
site-feeds = Suscripciones
site-subscribe-how = Añade esta dirección a tu programa de calendario como suscripción: se actualizará por sí sola.
site-subscribe-open = Abrir en tu programa de calendario
site-subscribe-more = Cómo suscribirse, programa por programa
site-search = Buscar en esta lista
site-shown = Se muestran: { $count }
site-show-all = Mostrar todo
site-no-match = Ningún evento coincide con «{ $words }».
site-no-matches = Ningún evento coincide.
site-past = Pasado
site-months = Meses vecinos
site-earlier = Anterior:
site-later = Siguiente:
site-throughout = Todo el mes
site-archive = Todos los meses
site-missing = Aquí no hay ninguna página
site-missing-why = Quizá la dirección tenga un error o la página se haya movido. Todo lo que viene está en la agenda.
site-own-time = { $time } en tu hora
site-zone = Tu zona horaria

## The page of an event, and its time in every zone

event-every-zone = La hora en cada zona
event-map = En el mapa (OpenStreetMap)
event-add = Añadir a tu calendario
event-file = Archivo de calendario (.ics)
event-feeds = O sigue un canal y entérate de cada cambio:
event-next = Próximas fechas
event-changed = Modificado el { $date }
event-cancelled = No se celebra.
event-postponed = No se celebra en esa fecha. Aún no hay fecha nueva.
event-tentative = Aún no es seguro que se celebre.
event-deleted = Se ha retirado del calendario y no se celebra.
event-over = Ya ha terminado.
days-before = { $count ->
    [one] el día anterior
   *[other] { $count } días antes
}
days-after = { $count ->
    [one] el día siguiente
   *[other] { $count } días después
}
when-order = De oeste a este, lo que marcan los relojes donde vive gente.

## How to subscribe

subscribe-lead = Suscríbete una vez. Tu calendario mostrará todas las convocatorias y cada cambio por sí solo.
subscribe-relative = Esta copia del sitio no conoce su propia dirección. Copia la dirección del enlace «.ics» de abajo.
subscribe-feeds = Canales
subscribe-how = En tu programa
subscribe-open = Abrir en mi calendario
subscribe-then = Qué pasa después
subscribe-refresh = { $count ->
    [one] Los programas buscan cambios por sí solos, muchos cada hora.
   *[other] Los programas buscan cambios por sí solos, muchos cada { $count } horas.
}
subscribe-google-slow = Google Calendar puede tardar un día en mostrar un cambio.
subscribe-privacy = Quien gestiona tu calendario, como Google, Apple o Microsoft, puede ver qué canal sigues.
subscribe-file = Un archivo descargado ya no cambia. Una suscripción, sí.
subscribe-iphone = Toca «Abrir en mi calendario» y luego «Suscribirse». O bien: Calendario → Calendarios → Añadir calendario → Añadir calendario de suscripción, y pega la dirección.
subscribe-mac = Calendario → Archivo → Nueva suscripción a calendario, y pega la dirección.
subscribe-android = Añade el canal en Google Calendar en la web; después aparece en el teléfono. Sin Google: instala ICSx⁵ y pega la dirección.
subscribe-google = Pega la dirección en «Desde URL»:
subscribe-outlook = En el nuevo Outlook y en la web: Calendario → Agregar calendario → Suscribirse desde la web, y pega la dirección.
subscribe-outlook-classic = Archivo → Configuración de la cuenta → Calendarios de Internet → Nuevo, y pega la dirección.
subscribe-thunderbird = Nuevo calendario → En la red, y pega la dirección.
subscribe-nextcloud = Calendario → Nuevo calendario → Nueva suscripción desde enlace, y pega la dirección.
subscribe-terminal = khal: un par de vdirsyncer con un almacén de tipo http. calcurse: «calcurse -i» con el archivo descargado.

## What is otherwise than its rule, or by the clock of a place

whole-day-there = { $date }: todo el día, hora local de { $place }
event-not-on = excepto: { $date }
event-instead-of = en lugar de: { $date }
