import type { Owner, Party } from '../../api/schema';

/*
 * Everybody in the sample mailbox is invented. Numbers are of the blocks reserved for fiction: 555-0100 to 555-0199 in any area
 * code of North America, and +44 20 7946 0000 to 0999 in London.
 */

export const maya: Party = { name: 'Maya Okafor', phoneNumber: '+15415550114', location: 'Bend, OR' };
export const dana: Party = { name: 'Dana Whitfield', phoneNumber: '+15415550168', location: 'Redmond, OR' };
export const noor: Party = { name: 'Noor Haddad', phoneNumber: '+12065550176', location: 'Seattle, WA' };
export const marguerite: Party = {
  name: 'Marguerite Oyelaran',
  phoneNumber: '+15035550119',
  location: 'Portland, OR',
};
export const curtis: Party = { name: 'Curtis Bell', phoneNumber: '+15415550122', location: 'Sisters, OR' };

export const jonas: Party = {
  name: 'Jonas Lindqvist',
  phoneNumber: '+15035550147',
  location: 'Portland, OR',
};
export const ben: Party = { name: 'Ben Castellano', phoneNumber: '+15415550175', location: 'Bend, OR' };
export const wei: Party = {
  name: 'Lin Wei 林薇',
  phoneNumber: '+14155550183',
  location: 'San Francisco, CA',
};
export const kenji: Party = { name: 'Kenji Morita', phoneNumber: '+12065550142', location: 'Seattle, WA' };
export const yael: Party = {
  name: 'Yael Mizrahi',
  phoneNumber: '+14155550129',
  location: 'San Francisco, CA',
};
export const obi: Party = { name: 'Obi Bassey', phoneNumber: '+15415550138', location: 'Bend, OR' };
export const henrietta: Party = {
  name: 'Tolliver & Plum',
  phoneNumber: '+12065550166',
  location: 'Seattle, WA',
};
export const harriet: Party = { name: 'Harriet Blythe', phoneNumber: '+442079460123', location: 'London' };

export const permits: Party = {
  name: 'Alder County Building Department',
  phoneNumber: '+15415550150',
  location: 'Bend, OR',
};
export const inspector: Party = { name: 'Inspector Hale', phoneNumber: '+15415550151', location: 'Bend, OR' };
export const dentist: Party = {
  name: 'Dr. Quist, Dentist',
  phoneNumber: '+15415550131',
  location: 'Bend, OR',
};
export const lunch: Party = { name: 'Fern & Ladle', phoneNumber: '+15415550193', location: 'Bend, OR' };

export const eleanor: Party = { name: 'Eleanor Voss', phoneNumber: '+15415550161', location: 'Bend, OR' };
export const ruth: Party = { name: 'Mom', phoneNumber: '+15095550108', location: 'Walla Walla, WA' };
export const sal: Party = { name: 'Sal Prentiss', phoneNumber: '(541) 555-0105', location: 'Bend, OR' };

/** Nobody knows who they are: a number and where it is from. */
export const someoneInRedmond: Party = { phoneNumber: '+15415550187', location: 'Redmond, OR' };
export const someoneInBoise: Party = { phoneNumber: '+12085550119', location: 'Boise, ID' };
/** Toll-free: no place either. */
export const deliveries: Party = { phoneNumber: '+18005550199' };
/** A caller who hides the number. */
export const nobody: Party = {};

export const imani: Party = { name: 'Imani Vale', extensionNumber: '102', extensionId: '400131427008' };
export const priya: Party = {
  name: 'Priya Raman',
  extensionNumber: '103',
  extensionId: '400131428008',
  phoneNumber: '+15415550103',
  location: 'Bend, OR',
};
export const tomas: Party = {
  name: 'Tomás Rivera',
  extensionNumber: '104',
  extensionId: '400131429008',
  phoneNumber: '+15415550104',
  location: 'Bend, OR',
};
/** The telephone on the workshop wall: an extension, and nobody's name. */
export const workshop: Party = { extensionNumber: '107', extensionId: '400131432008' };
export const fieldCrew: Party = { name: 'Field Crew', extensionNumber: '310', extensionId: '400131440008' };

/** The call queue whose voicemail we share. */
export const newProjects: Owner = {
  extensionId: '400131441008',
  extensionType: 'Department',
  name: 'New Projects',
};
