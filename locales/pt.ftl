# Português. `en.ftl` says what each line is for, and how to translate.

## Status, before a title. In capitals, where the script has them.

cancelled = CANCELADO
postponed = ADIADO
tentative = A CONFIRMAR
moved = NOVA DATA
titled = { $status }: { $title }

## Hours and days, beside a title

all-day = o dia todo
day-of = dia { $day } de { $days }
from-time = a partir das { $time }
until-time = até às { $time }
until-date = até { $date }
since-date = desde { $date }
moved-from = antes: { $date }
time-range = { $from }–{ $to }
date-range = { $from } – { $to }
from-to = { $from } – { $to }
date-time = { $date }, { $time }
date-time-short = { $date } { $time }
local-time-each = hora local de cada lugar
local-time = { $time }, hora local
today = hoje
tomorrow = amanhã
yesterday = ontem

## Places

online = on-line
in-country = { $place }, { $country }

## Listings

all-dates = todas as datas
from-date = a partir de { $date }
times-in = horários de { $zones }
nothing-found = Nada foi encontrado.
nothing-on = Nada previsto: { $date }.
nothing-from = Nada previsto a partir de { $date }.
nothing-between = Nada previsto: { $first } – { $last }.
nothing-in = Nada previsto em { $month }.
advice-words = Tente com menos palavras ou menos filtros.
advice-days = Tente mais dias (--days 90), menos filtros ou `redletter search PALAVRAS` para qualquer data.
advice-new = O calendário ainda não tem eventos; tente `redletter new`.
more = … e mais { $count }
more-limit = … e mais { $count } (aumente --limit)
all-lists-each = --all lista um a um
more-short = +{ $count }
join-link = participar

## Titles on the left of a line of `redletter show`, at most 14 letters if that is possible

field-when = Quando
field-repeats = Repete-se
field-next = Próximas
field-moved-from = Antes
field-where = Onde
field-coordinates = Coordenadas
field-access = Acessibilidade
field-notes = Como chegar
field-online = On-line
field-platform = Plataforma
field-meeting-id = ID da reunião
field-passcode = Senha
field-phone = Telefone
field-registration = Inscrição
field-organizers = Convocado por
field-contact = Contato
field-page = Página
field-tags = Etiquetas
field-language = Idioma
field-part-of = Parte de
field-has-part = Inclui
field-image = Imagem
field-source = Fonte
end-assumed = (fim estimado)
is-moved = (nova data)
is-cancelled = (cancelado)
is-postponed = (adiado)
is-tentative = (a confirmar)
day-all-day = { $date }, o dia todo
whole-days = { $count ->
    [one] { $first } – { $last }, { $count } dia inteiro
   *[other] { $first } – { $last }, { $count } dias inteiros
}
by-each-clock = { $time }, hora local de cada lugar
days = { $count ->
    [one] { $count } dia
   *[other] { $count } dias
}

## `redletter when`

whole-day-everywhere = { $date }: o dia todo, nessa data em toda parte
whole-days-everywhere = { $first } – { $last }: dias inteiros, nessas datas em toda parte
begins-first = começa primeiro: { $date } ({ $place }, { $zone })
ends-at-sea = termina por último, no mar: { $date } ({ $zone })
ends-on-land = e em terra: { $date } ({ $place })

## The text of an event in a calendar program

join = Participar
join-by = Participar ({ $platform })
meeting-id = ID da reunião
passcode = Senha
phone = Telefone
online-by = On-line
registration = Inscrição
accessibility = Acessibilidade
step-free = sem degraus
sign-language = língua de sinais
captions = legendas
hearing-loop = aro magnético
childcare = espaço infantil
quiet-space = espaço tranquilo
named = { $name }: { $value }
moved-from-day = Data anterior: { $date }.
moved-from-zone = Data anterior: { $date } ({ $zone }).
moved-from-local = Data anterior: { $date }, hora local.
clock = Hora local: { $time } ({ $zone }).
each-place-hours = { $time }, hora local de cada lugar.
each-place = { $time }, hora local de cada lugar.

## What has no end yet, and what is for members

for-members = on-line, só para membros
day-number = dia { $day }
day-number-behind = (dia { $day })
day-today = hoje, dia { $day }
open-end = sem data de fim
open-from = a partir de { $date }, sem data de fim
clock-at-start = Início: { $time } ({ $zone }).
register-link = inscrever-se
field-milestones = Marcos
milestone-was = dia { $day }: { $date }
milestone-today = dia { $day }: hoje, { $date }
milestone-is = dia { $day }: { $date }
field-review-by = Rever até
review-overdue = { $date }: a confirmar até que alguém confirme que continua
local-events = Atos locais
everywhere = On-line e em toda parte
in-countries = { $count ->
    [one] { $locals } em { $count } país
   *[other] { $locals } em { $count } países
}
countries-without = Países deste calendário sem nenhum: { $countries }

## How something repeats

repeat-days = { $count ->
    [1] todos os dias
   *[other] a cada { $count } dias
}
repeat-weeks = { $count ->
    [1] toda semana
   *[other] a cada { $count } semanas
}
repeat-months = { $count ->
    [1] todo mês
   *[other] a cada { $count } meses
}
repeat-years = { $count ->
    [1] todo ano
   *[other] a cada { $count } anos
}
repeat-dates = em várias datas
repeat-times = { $count ->
    [one] uma vez
   *[other] { $count } vezes
}
more-dates = { $count ->
    [one] mais uma data
   *[other] mais { $count } datas
}
month-day = dia { $day }
month-last-day = último dia
nth-weekday = { $number ->
    [-1] { $day ->
            [6] último { $weekday }
            [7] último { $weekday }
           *[other] última { $weekday }
        }
   *[other] { $day ->
            [6] { $number }.º { $weekday }
            [7] { $number }.º { $weekday }
           *[other] { $number }.ª { $weekday }
        }
}

## Kinds of events

kind-protest = Protesto
kind-strike = Greve
kind-forum = Fórum
kind-action-day = Dia de ação
kind-meeting = Reunião
kind-conference = Conferência
kind-vigil = Vigília
kind-occupation = Ocupação
kind-boycott = Boicote
kind-commemoration = Ato em memória
kind-deadline = Prazo final

## `redletter digest`

digest-changes = O que mudou desde { $date }
digest-ongoing = Em curso
digest-cancelled = Cancelado
digest-postponed = Adiado
digest-moved = Nova data
digest-restored = Realiza-se, afinal
digest-new = Novo
digest-changed = Alterado
digest-place = noutro local
digest-end = termina a outra hora
digest-confirmed = já confirmado
digest-uncertain = já não é certo
digest-dates = noutras datas
digest-rules = por novas regras horárias
digest-from-to = { $from } → { $to }
digest-not-on = não em { $date }
digest-locals = { $count ->
    [one] { $count } evento local
   *[other] { $count } eventos locais
}

## The frame of the site's pages

# What the language calls itself
own-name = Português
# Links to the main pages
site-home = Início
site-agenda = Agenda
site-month = Mês
site-subscribe = Assinar
# The first link of a page, for keyboards
site-skip = Ir para o conteúdo
# Names of groups of links, for screen readers
site-languages = Idiomas
site-pages = Páginas

## Pages that a server shows to whoever edits the records

# The newest state cannot be shown
site-stale = Os registros têm erros: este é o último estado sem eles.

## Lists and months of the site

site-coming = A seguir
site-whole-agenda = Toda a agenda
site-red-days = Próximas jornadas de ação
site-kinds = Tipos
site-countries = Países
site-feeds = Assinaturas
site-subscribe-how = Adicione este endereço ao seu programa de calendário como assinatura: ele se atualizará sozinho.
site-subscribe-open = Abrir no seu programa de calendário
site-subscribe-more = Como assinar, programa por programa
site-search = Procurar nesta lista
site-shown = Mostrados: { $count }
site-show-all = Mostrar tudo
site-no-match = Nenhum evento corresponde a “{ $words }”.
site-no-matches = Nenhum evento corresponde.
site-past = Passado
site-months = Meses vizinhos
site-earlier = Antes:
site-later = Depois:
site-throughout = O mês inteiro
site-archive = Todos os meses
site-missing = Não há nenhuma página aqui
site-missing-why = Talvez o endereço tenha um erro ou a página tenha mudado de lugar. Tudo o que vem está na agenda.
site-own-time = { $time } no seu horário
site-zone = O seu fuso horário

## The page of an event, and its time in every zone

event-every-zone = A hora em cada fuso
event-map = No mapa (OpenStreetMap)
event-add = Adicionar ao seu calendário
event-file = Arquivo de calendário (.ics)
event-feeds = Ou siga um canal e saiba de cada mudança:
event-next = Próximas datas
event-changed = Alterado em { $date }
event-cancelled = Não se realiza.
event-postponed = Não se realiza nessa data. Ainda não há nova data.
event-tentative = Ainda não é certo que se realize.
event-deleted = Foi retirado do calendário e não se realiza.
event-over = Já terminou.
days-before = { $count ->
    [one] no dia anterior
   *[other] { $count } dias antes
}
days-after = { $count ->
    [one] no dia seguinte
   *[other] { $count } dias depois
}
when-order = De oeste para leste, o que mostram os relógios onde vive gente.

## How to subscribe

subscribe-lead = Assine uma vez. O seu calendário passa a mostrar todos os eventos, e cada mudança por si.
subscribe-relative = Esta cópia do site não conhece o próprio endereço. Copie o endereço da ligação “.ics” abaixo.
subscribe-feeds = Canais
subscribe-how = No seu programa
subscribe-open = Abrir no meu calendário
subscribe-then = O que acontece depois
subscribe-refresh = { $count ->
    [one] Os programas procuram mudanças por si, muitos a cada hora.
   *[other] Os programas procuram mudanças por si, muitos a cada { $count } horas.
}
subscribe-google-slow = O Google Agenda pode demorar um dia a mostrar uma mudança.
subscribe-privacy = Quem gere o seu calendário, como Google, Apple ou Microsoft, pode ver que canal você segue.
subscribe-file = Um arquivo baixado já não muda. Uma assinatura, sim.
subscribe-iphone = Toque em “Abrir no meu calendário” e depois em “Assinar”. Ou: Calendário → Calendários → Adicionar calendário → Adicionar calendário assinado, e cole o endereço.
subscribe-mac = Calendário → Arquivo → Nova assinatura de calendário, e cole o endereço.
subscribe-android = Adicione o canal no Google Agenda na web; depois ele aparece no telefone. Sem Google: instale o ICSx⁵ e cole o endereço.
subscribe-google = Cole o endereço em “Do URL”:
subscribe-outlook = No novo Outlook e na web: Calendário → Adicionar calendário → Assinar da web, e cole o endereço.
subscribe-outlook-classic = Arquivo → Configurações de Conta → Calendários da Internet → Novo, e cole o endereço.
subscribe-thunderbird = Novo calendário → Na rede, e cole o endereço.
subscribe-nextcloud = Calendário → Novo calendário → Nova assinatura a partir de link, e cole o endereço.
subscribe-terminal = khal: um par do vdirsyncer com um armazenamento do tipo http. calcurse: “calcurse -i” com o arquivo baixado.

## What is otherwise than its rule, or by the clock of a place

whole-day-there = { $date }: o dia todo, hora local de { $place }
event-not-on = exceto: { $date }
event-instead-of = em vez de: { $date }
