import { render } from 'preact';
import { Room } from './Room.js';
import { start } from './roomState.js';
import '../style/base.css';
import '../style/room.css';
import '../style/message.css';

render(<Room />, document.getElementById('app') as HTMLElement);
void start();
