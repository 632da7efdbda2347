import { render } from 'preact';
import { Agents } from './Agents.js';
import { refresh } from './learned.js';
import 'uplot/dist/uPlot.min.css';
import '../style/base.css';
import './agents.css';

render(<Agents />, document.getElementById('app') as HTMLElement);
void refresh();
