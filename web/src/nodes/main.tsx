import { render } from 'preact';
import { Nodes } from './Nodes.js';
import { loadMore } from './nodes.js';
import '../style/base.css';
import '../style/list.css';

render(<Nodes />, document.getElementById('app') as HTMLElement);
void loadMore();
