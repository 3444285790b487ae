import { eleanor, ruth } from '../people';
import { justNow, me, on, type Script, speaker } from '../script';

const eleanorSays = speaker(eleanor);
const eleanorConversation: Script = {
  type: 'SMS',
  others: [eleanor],
  sessions: [
    on(
      53,
      '16:00',
      eleanorSays('Dear {me}. This is Eleanor. My granddaughter has shown me how to text. STOP'),
      me('Dear Eleanor, well done! You don’t need the STOP.'),
      eleanorSays('I like the STOP. STOP'),
    ),
    on(
      32,
      '08:20',
      eleanorSays('There is a man on Maya’s roof singing in Spanish. He is very good. STOP'),
      me('That is Tomás. Shall I ask him to stop?'),
      eleanorSays('Ask him to do the sad one again. STOP'),
    ),
    on(
      23,
      '17:41',
      me('Tomás mended your gate on his way out. It only needed a hinge and a kind word.'),
      eleanorSays('It closes!! I have opened it eleven times. What do I owe you. STOP'),
      me('Nothing at all. You sent us Maya.'),
    ),
    on(
      5,
      '18:18',
      eleanorSays('Your dog has been to tea. He left his ball. He may come back for it. STOP'),
      me('He says Wednesday.'),
    ),
  ],
};

const momSays = speaker(ruth);
const momConversation: Script = {
  type: 'SMS',
  others: [ruth],
  sessions: [
    on(
      48,
      '19:05',
      momSays('Are you eating'),
      me('Yes, Mom.'),
      momSays('What'),
      me('Soup.'),
      momSays('What kind'),
      me('The good kind. With barley.'),
      momSays('Your father says hello and that a level is only as good as the eye that reads it'),
      me('Tell him I know. He told me when I was six.'),
    ),
    on(
      26,
      '18:50',
      momSays('We saw the picture of the beam. Your father has shown it to the mailman'),
      me('😊'),
      momSays('And to the mailman’s wife'),
    ),
    on(
      13,
      '20:02',
      me('Landed well? How is the new knee?'),
      momSays('He danced. In the kitchen. Do not tell the doctor 🤫'),
    ),
    on(
      4,
      '19:20',
      momSays('Sunday. Six o’clock. Bring the dog and the girl who draws'),
      me('Priya is a colleague, Mom.'),
      momSays('I know what a colleague is. She liked my dumplings'),
    ),
    justNow(
      132,
      me(
        'Sunday works. Priya says she’ll bring dessert and that she heard you call her “the girl who draws”.',
      ),
      momSays('Good 💛', { unread: true }),
    ),
  ],
};

export const homeConversations: readonly Script[] = [eleanorConversation, momConversation];
