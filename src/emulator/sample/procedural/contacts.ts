import type { Party } from '../../../api/schema';
import type { Random } from '../random';

/** Area codes that the written mailbox does not use, with a place in each. */
const areas: readonly (readonly [code: string, place: string])[] = [
  ['201', 'Hoboken, NJ'],
  ['202', 'Washington, DC'],
  ['203', 'New Haven, CT'],
  ['205', 'Birmingham, AL'],
  ['207', 'Portland, ME'],
  ['212', 'New York, NY'],
  ['213', 'Los Angeles, CA'],
  ['216', 'Cleveland, OH'],
  ['225', 'Baton Rouge, LA'],
  ['253', 'Tacoma, WA'],
  ['303', 'Denver, CO'],
  ['305', 'Miami, FL'],
  ['307', 'Laramie, WY'],
  ['312', 'Chicago, IL'],
  ['317', 'Indianapolis, IN'],
  ['360', 'Bellingham, WA'],
  ['401', 'Providence, RI'],
  ['404', 'Atlanta, GA'],
  ['406', 'Missoula, MT'],
  ['412', 'Pittsburgh, PA'],
  ['425', 'Bellevue, WA'],
  ['435', 'Moab, UT'],
  ['458', 'Eugene, OR'],
  ['505', 'Santa Fe, NM'],
  ['512', 'Austin, TX'],
  ['515', 'Des Moines, IA'],
  ['530', 'Chico, CA'],
  ['603', 'Concord, NH'],
  ['605', 'Rapid City, SD'],
  ['612', 'Minneapolis, MN'],
  ['617', 'Boston, MA'],
  ['701', 'Fargo, ND'],
  ['702', 'Las Vegas, NV'],
  ['707', 'Eureka, CA'],
  ['720', 'Boulder, CO'],
  ['775', 'Reno, NV'],
  ['801', 'Salt Lake City, UT'],
  ['802', 'Burlington, VT'],
  ['907', 'Juneau, AK'],
  ['971', 'Salem, OR'],
];

const firstNames =
  'Ada Amir Anouk Asha Bao Beatriz Bram Carmen Cedric Chloe Dario Delphine Dmitri Edith Elif Emeka Esme Farid Fiona Gideon Greta Hana Hugo Ines Isaac Ivy Jamila Joaquin June Kai Keiko Lars Leila Lorenzo Mabel Malik Marta Mateo Mina Nadia Niko Olive Omar Pearl Pedro Quinn Rafael Rosalind Sanjay Sela Silas Sofia Tariq Thea Uma Viktor Willa Xenia Yusuf Zadie'.split(
    ' ',
  );
const lastNames =
  'Abara Achterberg Adeyemi Alvarez Amsel Barros Beaulieu Bjornstad Calloway Castellanos Chaudhry Corrigan Dankworth Delacroix Egret Eskola Farrow Fontaine Galloway Greenleaf Hachem Halvorsen Hollis Ibarra Ishida Jankowski Kapoor Kettering Lachance Larkspur Mbeki Merriweather Moreau Nakagawa Northcott Okonjo Oyelowo Pemberton Petrov Quintero Rasmussen Rosenthal Sandoval Sherwood Silverstein Takahashi Thistle Tremblay Umarov Vasquez Vandermeer Wainwright Whitcombe Xiong Yarrow Yilmaz Zielinski'.split(
    ' ',
  );

/** People with an extension that the written mailbox does not know. */
export const colleagues: readonly Party[] = [
  { name: 'Lucia Fenn', extensionNumber: '121', extensionId: '400131451008' },
  { name: 'Osman Gray', extensionNumber: '122', extensionId: '400131452008' },
  { name: 'Petra Lindholm', extensionNumber: '123', extensionId: '400131453008' },
  { name: 'Rupert Adair', extensionNumber: '124', extensionId: '400131454008' },
  { name: 'Yumi Castle', extensionNumber: '125', extensionId: '400131455008' },
];

/** As many different people as asked for, 4,000 at most; one in seven is only a number and a place. */
export function inventContacts(count: number, random: Random): Party[] {
  return Array.from({ length: count }, (_, index) => {
    const [code, place] = areas[index % areas.length] ?? ['', ''];
    const line = String(Math.floor(index / areas.length)).padStart(2, '0');
    const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
    const party = { phoneNumber: `+1${code}55501${line}`, location: place };
    return random.percent(14) ? party : { name, ...party };
  });
}
