import { render } from 'preact';
import { Frame } from '../parts/Frame.js';
import '../style/base.css';

render(
  <Frame at="agents" isLive={false}>
    <h1>Agents</h1>
  </Frame>,
  document.getElementById('app') as HTMLElement,
);
