import { render } from 'preact';
import { start } from './conversations.js';
import { List } from './List.js';
import '../style/base.css';
import '../style/list.css';

render(<List />, document.getElementById('app') as HTMLElement);
void start();
