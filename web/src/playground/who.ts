import { ask } from '../api/ask.js';
import { toFailure } from '../api/failure.js';
import { PlaygroundWhoDocument } from '../generated/graphql.js';
import { readToken } from '../api/session.js';

/** Who the playground asks as, in a sentence. */
export interface Who {
  text: string;
  isTrouble: boolean;
  /** Whether the same question may be answered a little later. */
  isPassing: boolean;
}

const PUT_IT = 'put it into the Headers tab below: {"authorization": "Bearer …"}';

/** Asks the server. */
export async function askWho(): Promise<Who> {
  const hasToken = readToken() !== '';
  try {
    const { viewer } = await ask(PlaygroundWhoDocument, {});
    if (viewer === null)
      return { text: 'The server does not say who you are.', isTrouble: true, isPassing: false };
    const { id, grants, agentName, expiresAt } = viewer;
    const agent = agentName === null ? '' : `, only as the agent ${agentName}`;
    const until = expiresAt === null ? '' : `, until ${new Date(expiresAt).toLocaleString('en-GB')}`;
    const mode = hasToken ? 'You are' : 'Local mode, no token is needed: you are';
    const text = `${mode} user ${id} and may ${grants.join(', ').toLowerCase()}${agent}${until}.`;
    return { text, isTrouble: false, isPassing: false };
  } catch (error) {
    const { code, message, isPassing } = toFailure(error);
    if (isPassing) return { text: `${message} It is asked again by itself.`, isTrouble: true, isPassing };
    if (code !== 'UNAUTHENTICATED') return { text: message, isTrouble: true, isPassing };
    const said = hasToken
      ? `This token is not taken: ${message} With another one,`
      : 'This server wants a token. Get one from whoever runs it (on your own: npm run --silent token), then';
    return { text: `${said} ${PUT_IT}`, isTrouble: true, isPassing };
  }
}
