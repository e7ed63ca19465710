// The hand on the map: drag to move (or turn, in 3D), wheel to zoom, click to pick, lasso to select; keys do the same.

class CloudHand {
  constructor(cloud, { pick, select, hover }) {
    Object.assign(this, { cloud, pick, select, hover, tool: "move" });
    const { canvas } = cloud;
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.moved(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, (event) => this.up(event));
    canvas.addEventListener("pointerleave", () => this.point(-1));
    canvas.addEventListener("contextmenu", (event) => event.preventDefault()); // the right button moves a 3D map
    canvas.addEventListener("dblclick", () => cloud.home());
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(Math.exp(-0.0015 * event.deltaY * (event.deltaMode ? 30 : 1)), [event.offsetX, event.offsetY]);
    }, { passive: false });
    canvas.addEventListener("keydown", (event) => this.key(event));
  }

  get held() {
    return Boolean(this.last);
  }

  down(event) {
    this.cloud.canvas.setPointerCapture(event.pointerId);
    this.last = [event.offsetX, event.offsetY];
    this.far = 0;
    this.lassoes = this.tool === "lasso" || (event.shiftKey && this.cloud.dimensions === 2);
    this.slides = this.cloud.dimensions === 2 || event.button === 2 || event.shiftKey;
    if (this.lassoes) this.cloud.lasso = [this.last];
  }

  moved(event) {
    const { cloud } = this;
    const here = [event.offsetX, event.offsetY];
    if (!this.last) return this.point(cloud.at ? cloud.nearest(...here) : -1);
    const [dx, dy] = [here[0] - this.last[0], here[1] - this.last[1]];
    this.far += Math.hypot(dx, dy);
    this.last = here;
    if (this.lassoes) cloud.lasso.push(here);
    else this.drag(dx, dy, this.slides);
    cloud.stir();
  }

  drag(dx, dy, slides) {
    const { camera } = this.cloud;
    if (slides) {
      camera.x += dx;
      camera.y += dy;
    } else {
      camera.yaw += 0.008 * dx;
      camera.pitch = Math.min(1.5, Math.max(-1.5, camera.pitch + 0.008 * dy));
    }
    this.cloud.stir();
  }

  up(event) {
    const { cloud } = this;
    if (!this.last) return;
    this.last = null;
    const line = cloud.lasso;
    cloud.lasso = null;
    cloud.stir();
    if (this.far < 5) this.pick(cloud.nearest(event.offsetX, event.offsetY));
    else if (this.lassoes) this.select(cloud.inside(line));
  }

  point(i) {
    if (i === this.cloud.hovered) return;
    this.cloud.hovered = i;
    this.cloud.canvas.style.cursor = i >= 0 ? "pointer" : this.tool === "lasso" ? "crosshair" : "grab";
    this.hover(i);
    this.cloud.stir();
  }

  // Zoom so that what is under (x, y) stays there.
  zoom(by, [x, y] = this.cloud.middle()) {
    const { cloud, cloud: { camera } } = this;
    const [cx, cy] = cloud.middle();
    by = Math.min(60, Math.max(0.3, camera.zoom * by)) / camera.zoom;
    camera.zoom *= by;
    camera.x = (1 - by) * (x - cx) + by * camera.x;
    camera.y = (1 - by) * (y - cy) + by * camera.y;
    cloud.stir();
  }

  key(event) {
    const steps = { ArrowLeft: [30, 0], ArrowRight: [-30, 0], ArrowUp: [0, 30], ArrowDown: [0, -30] };
    const step = steps[event.key];
    if (step) this.drag(...step, this.cloud.dimensions === 2);
    else if (event.key === "+" || event.key === "=") this.zoom(1.3);
    else if (event.key === "-") this.zoom(1 / 1.3);
    else if (event.key === "0" || event.key === "Home") this.cloud.home();
    else if (event.key === "Escape") this.pick(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
