import {
  afterScroll,
  revealing,
  SCROLL_START,
  type ScrollGeometry,
  type ScrollPosition,
} from './scroll-map.ts';

/** What is scrolled and where it stands; a new object whenever either changed. */
export interface Scrolled {
  readonly geometry: ScrollGeometry;
  readonly position: ScrollPosition;
}

/** The scrolling of one element, outside React: it follows the hand, not the rendering. */
export class Scroller {
  private element: HTMLElement | null = null;
  private readonly headHeight: number;
  private observer: ResizeObserver | null = null;
  private readonly listeners = new Set<() => void>();
  private scrolled: Scrolled = { geometry: { rows: 0, rowHeight: 64, viewport: 0 }, position: SCROLL_START };

  readonly read = (): Scrolled => this.scrolled;

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.listeners.add(onChange);
    return () => this.listeners.delete(onChange);
  };

  /** @param headHeight Pixels that a head inside the element covers at its start. */
  constructor(headHeight = 0) {
    this.headHeight = headHeight;
  }

  /** A ref: the element that scrolls, or null when it goes. */
  readonly attach = (element: HTMLElement | null): void => {
    this.observer?.disconnect();
    this.element = element;
    if (element === null) return;
    this.observer = new ResizeObserver(this.measure);
    this.observer.observe(element);
    this.measure();
  };

  private readonly measure = (): void => {
    if (this.element !== null)
      this.reshape({ viewport: Math.max(0, this.element.clientHeight - this.headHeight) });
  };

  /** The element was scrolled, by whatever moved it. */
  readonly followed = (): void => {
    if (this.element === null) return;
    const { geometry, position } = this.scrolled;
    this.change({ position: afterScroll(position, this.element.scrollTop, geometry) });
  };

  /** How many rows there are, and how high each is. */
  reshape(part: Partial<ScrollGeometry>): void {
    const { geometry } = this.scrolled;
    const next = { ...geometry, ...part };
    const isSame =
      next.rows === geometry.rows &&
      next.rowHeight === geometry.rowHeight &&
      next.viewport === geometry.viewport;
    if (!isSame) this.change({ geometry: next });
  }

  restart(): void {
    this.moveTo(SCROLL_START);
  }

  /** Brings a row into sight, moving as little as that takes. */
  reveal(index: number): void {
    this.measure();
    // What is not seen cannot be scrolled.
    if (this.element?.clientHeight === 0) return;
    const { geometry, position } = this.scrolled;
    if (index < geometry.rows) this.moveTo(revealing(position, index, geometry));
  }

  private moveTo(position: ScrollPosition): void {
    this.change({ position });
    // Only where the hand has not put it there already: setting it would stop a running scroll.
    if (this.element !== null && Math.abs(this.element.scrollTop - position.canvasTop) >= 1) {
      this.element.scrollTop = position.canvasTop;
    }
  }

  private change(part: Partial<Scrolled>): void {
    this.scrolled = { ...this.scrolled, ...part };
    for (const listener of [...this.listeners]) listener();
  }
}
