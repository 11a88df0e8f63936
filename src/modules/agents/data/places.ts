/**
 * Names by which people know a city that the place data lists under another one, by country; both sides as a person
 * writes them.
 */
export const CITY_ALIASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AT: { Wien: 'Vienna' },
  BE: { Brussel: 'Brussels', Bruxelles: 'Brussels', Antwerpen: 'Antwerp' },
  BR: { 'Brasília DF': 'Brasilia' },
  CH: { Genève: 'Geneva', Zürich: 'Zurich' },
  CN: { 北京: 'Beijing', 上海: 'Shanghai' },
  CZ: { Praha: 'Prague' },
  DE: { München: 'Munich', Köln: 'Cologne', Nürnberg: 'Nuremberg' },
  DK: { København: 'Copenhagen' },
  EG: { القاهرة: 'Cairo' },
  ES: { Sevilla: 'Seville' },
  GR: { Αθήνα: 'Athens' },
  IT: {
    Roma: 'Rome',
    Milano: 'Milan',
    Napoli: 'Naples',
    Torino: 'Turin',
    Firenze: 'Florence',
    Venezia: 'Venice',
  },
  JP: { 東京: 'Tokyo', 大阪: 'Osaka', 京都: 'Kyoto' },
  KR: { 서울: 'Seoul' },
  MX: { 'Ciudad de México': 'Mexico City', CDMX: 'Mexico City' },
  NL: { 'Den Haag': 'The Hague' },
  PL: { Warszawa: 'Warsaw', Kraków: 'Krakow' },
  PT: { Lisboa: 'Lisbon' },
  RU: { Москва: 'Moscow', 'Санкт-Петербург': 'St. Petersburg' },
  SE: { Göteborg: 'Gothenburg' },
  UA: { Київ: 'Kyiv' },
  US: { NYC: 'New York', 'New York City': 'New York' },
};
