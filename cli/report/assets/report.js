// Moves the map and filters the order lines. Without it the report says the same. Text from the scenario reaches the
// page through textContent only, never as markup.
(function () {
  'use strict';

  var dataElement = document.getElementById('map-data');
  var data = dataElement ? JSON.parse(dataElement.textContent) : null;
  var words = data ? data.words : {};
  var openIncident = {};
  // A long list scrolls inside its popup instead of leaving the map.
  var POPUP = { maxWidth: 240, maxHeight: 280, autoPanPaddingTopLeft: [48, 8] };

  function element(tag, css, text) {
    var node = document.createElement(tag);
    if (css) node.className = css;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function popup(title, facts) {
    var box = element('div', 'map-popup');
    box.appendChild(element('strong', '', title));
    var list = element('ul');
    facts.forEach(function (fact) { list.appendChild(element('li', '', fact)); });
    box.appendChild(list);
    return box;
  }

  // What can be switched on and off, and what holds on some days only. Things without a group are always there.
  var groups = {};
  var shownDay = null;

  function group(name) {
    if (!groups[name]) groups[name] = { on: true, things: [] };
    return groups[name];
  }

  function put(map, name, days, thing) {
    group(name).things.push({ days: days || [null, null], thing: thing });
    return thing.addTo(map);
  }

  function holds(days) {
    return shownDay === null ||
      ((days[0] === null || days[0] <= shownDay) && (days[1] === null || shownDay <= days[1]));
  }

  function refresh(map) {
    Object.keys(groups).forEach(function (name) {
      groups[name].things.forEach(function (entry) {
        var show = groups[name].on && holds(entry.days);
        if (show !== map.hasLayer(entry.thing)) {
          if (show) entry.thing.addTo(map); else entry.thing.remove();
        }
      });
    });
    map.fire('shown');
  }

  // A symbol that was taken off the map and put back has a new element.
  function nameSymbol(map, marker, name, at) {
    var symbol = marker.getElement();
    if (!symbol) return;
    symbol.setAttribute('aria-label', name);
    // Bring a symbol reached by keyboard into view; a mouse is there already, and moving the map would spoil its click.
    symbol.addEventListener('focus', function () {
      if (symbol.matches(':focus-visible')) map.panInside(at, { padding: [40, 40] });
    });
  }

  function mark(map, at, size, css, sign, name, facts, order, groupName, days) {
    var icon = L.divIcon({ className: 'map-mark ' + css, html: element('span', '', sign), iconSize: [size, size] });
    var marker = L.marker(at, { icon: icon, keyboard: true, autoPanOnFocus: false, zIndexOffset: order });
    marker.bindPopup(popup(name, facts), POPUP);
    marker.on('add', function () { nameSymbol(map, marker, name, at); });
    return put(map, groupName, days, marker);
  }

  // How a theme looks on the map; report.css says the same for the drawn one and the legend.
  var looks = {
    hotspots: { color: '#b3001b', fillOpacity: 0.85, radius: 2.5, weight: 0 },
    perimeters: { color: '#7a3b00', fillOpacity: 0.06, weight: 1.4 },
    'active-fires': { color: '#7a3b00', fillOpacity: 0.5, radius: 4, weight: 1.2 },
    smoke: { color: '#5c5c5c', fillOpacity: 0.16, weight: 0.6, dashArray: '1 3' },
    earthquakes: { color: '#6a3d9a', fillOpacity: 0.3, radius: 6, weight: 1.5 },
    cyclones: { color: '#00626d', fillOpacity: 0.7, radius: 4, weight: 2 },
    flood: { color: '#1f6fb4', fillOpacity: 0.35, weight: 0.8 },
    alerts: { color: '#8a6100', fillOpacity: 0.08, weight: 1.6, dashArray: '6 3' },
    custom: { color: '#4d565e', fillOpacity: 0.12, radius: 4, weight: 1.2, dashArray: '2 3' }
  };

  // Each number is the way from the one before, in 1/factor degree.
  function line(steps, factor) {
    var lat = 0, lon = 0, points = [];
    for (var i = 0; i < steps.length; i += 2) {
      lat += steps[i];
      lon += steps[i + 1];
      points.push([lat / factor, lon / factor]);
    }
    return points;
  }

  function drawn(steps) { return line(steps, data.step_factor); }

  function addShape(map, layer, shape) {
    var look = Object.assign({ pane: 'hazards', className: 'hazard-' + layer.theme }, looks[layer.theme] || looks.custom);
    function add(thing) {
      thing.bindPopup(popup(shape.label || layer.name, shape.facts), POPUP);
      put(map, layer.id, shape.days, thing);
    }
    if (shape.areas) add(L.polygon(shape.areas.map(function (rings) { return rings.map(drawn); }), look));
    if (shape.lines) add(L.polyline(shape.lines.map(drawn), Object.assign({}, look, { fill: false })));
    if (shape.points) {
      // The area of an earthquake's circle grows with its magnitude.
      var size = layer.theme === 'earthquakes' && shape.strength ? Math.max(3, 2 * shape.strength) : look.radius || 4;
      drawn(shape.points).forEach(function (at) { add(L.circleMarker(at, Object.assign({}, look, { radius: size }))); });
    }
  }

  function addHazards(map) {
    (data.layers || []).forEach(function (layer) {
      group(layer.id);
      layer.shapes.forEach(function (shape) { addShape(map, layer, shape); });
    });
    (data.rings || []).forEach(function (ring) {
      var shape = L.polygon(ring.areas.map(function (rings) { return rings.map(drawn); }), {
        pane: 'hazards', className: 'exposure-ring', color: '#5b3a8c', weight: 1.1, dashArray: '5 4', fill: false
      });
      shape.bindPopup(popup(ring.name, ring.facts), POPUP);
      put(map, 'rings', null, shape);
    });
  }

  // Switches and the slider of days, which start to work only now.
  function controlMap(map) {
    var form = document.getElementById('map-controls');
    if (!form) return;
    var all = document.getElementById('all-days');
    var slider = document.getElementById('map-day');
    var text = document.getElementById('map-day-text');
    function apply() {
      form.querySelectorAll('input[name=layer]').forEach(function (box) { group(box.value).on = box.checked; });
      shownDay = all.checked ? null : Number(slider.value);
      text.textContent = all.checked ? words.all_days : data.days[shownDay];
      slider.setAttribute('aria-valuetext', data.days[Number(slider.value)]);
      refresh(map);
    }
    slider.addEventListener('input', function () { all.checked = false; });
    form.addEventListener('input', apply);
    form.addEventListener('submit', function (event) { event.preventDefault(); });
    form.hidden = false;
    // What a browser kept from an earlier visit would not fit what is drawn.
    form.reset();
    apply();
  }

  function buildMap() {
    var container = document.getElementById('live-map');
    container.hidden = false;
    container.parentNode.classList.add('live');
    var map = L.map(container, {
      attributionControl: false, zoomControl: false, zoomSnap: 0.25, minZoom: 2, maxZoom: 11, worldCopyJump: false
    });
    L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
    map.fitBounds(data.box, { padding: [30, 30] });
    map.setMaxBounds(L.latLngBounds(data.world).pad(0.25));

    function points(steps) { return [line(steps, data.land_factor)]; }
    // Land at the bottom, hazards above it and below what the plan is about.
    map.createPane('land').style.zIndex = 300;
    map.createPane('hazards').style.zIndex = 350;
    var under = { interactive: false, pane: 'land' };
    data.land.forEach(function (area) {
      if (area.level === 0) {
        L.polygon(area.rings.map(points),
          Object.assign({ color: '#9b9488', weight: 1, fillColor: '#f4f1ea', fillOpacity: 1 }, under)).addTo(map);
      }
    });
    data.land.forEach(function (area) {
      if (area.level === 1) {
        L.polygon(area.rings.map(points),
          Object.assign({ color: '#c4bdb0', weight: 0.8, fill: false }, under)).addTo(map);
      }
    });

    addHazards(map);
    data.incidents.forEach(function (incident) {
      incident.perimeter.forEach(function (ring) {
        var shape = L.polygon(ring, {
          color: '#9b2c00', weight: 1.2, fillColor: '#d55e00', fillOpacity: 0.18,
          dashArray: incident.schematic ? '4 4' : null
        });
        put(map, 'perimeters', incident.days, shape);
        shape.bindPopup(popup(incident.name, incident.facts), POPUP);
        if (incident.schematic) shape.bindTooltip(words.schematic, { sticky: true });
      });
    });
    data.routes.forEach(function (route) {
      route.legs.forEach(function (leg) {
        put(map, 'routes', route.days, L.polyline(leg.line, {
          color: route.commitment ? '#6b747c' : '#0b4f6c', weight: leg.air ? 2.5 : 2,
          dashArray: route.commitment ? '7 5' : null
        })).bindPopup(popup(route.title, route.facts), POPUP)
          .bindTooltip(route.contingent, { sticky: true });
      });
    });
    data.bases.forEach(function (base) {
      mark(map, base.at, base.used ? 12 : 8, base.used ? 'base used' : 'base', '', base.name, base.facts, base.used ? 500 : 0,
        'bases');
    });
    data.incidents.forEach(function (incident) {
      var marker = mark(map, incident.at, 2 * incident.radius, 'incident ' + incident.status, incident.sign,
        incident.name, incident.facts, 1000 + incident.radius, 'incidents', incident.days);
      openIncident[incident.index] = function () {
        if (!map.hasLayer(marker)) showIncident(map);
        map.setView(marker.getLatLng(), Math.max(map.getZoom(), data.layers ? 7 : 5), { animate: false });
        marker.openPopup();
      };
      marker.on('popupopen', function () { choose(incident.index); });
    });
    controlMap(map);
    nameLargest(map);
    // Leaflet closes a popup by Escape only while the map itself has the focus, not one of its symbols.
    container.addEventListener('keydown', function (event) {
      if (event.key === 'Escape') map.closePopup();
    });
    map.on('popupopen', function (event) {
      var close = event.popup.getElement().querySelector('.leaflet-popup-close-button');
      if (close) close.setAttribute('aria-label', words.close);
    });
  }

  // Somebody asks for an incident that a switch or the day has taken off the map: show all days and all incidents.
  function showIncident(map) {
    document.getElementById('all-days').checked = true;
    document.querySelector('#map-controls input[value=incidents]').checked = true;
    document.getElementById('map-controls').dispatchEvent(new Event('input'));
    refresh(map);
  }

  // Names beside the symbols, the largest fires and the bases that send first, as long as they do not cover another.
  function nameLargest(map) {
    var candidates = data.incidents.map(function (i) {
      return { at: i.at, name: i.name, gap: i.radius, size: i.radius, group: 'incidents', days: i.days };
    })
      .concat(data.bases.filter(function (b) { return b.used; })
        .map(function (b) { return { at: b.at, name: b.name, gap: 8, size: 6, group: 'bases' }; }))
      .sort(function (a, b) { return b.size - a.size; });
    var layer = L.layerGroup().addTo(map);
    function place() {
      layer.clearLayers();
      var taken = candidates.map(function (c) {
        var p = map.latLngToContainerPoint(c.at);
        return [p.x - c.gap, p.y - c.gap, p.x + c.gap, p.y + c.gap];
      });
      candidates.forEach(function (c) {
        if (!group(c.group).on || !holds(c.days || [null, null])) return;
        var p = map.latLngToContainerPoint(c.at);
        var width = 7 * c.name.length;
        [1, -1].some(function (side) {
          var x = side > 0 ? p.x + c.gap + 2 : p.x - c.gap - 2 - width;
          var box = [x, p.y - 8, x + width, p.y + 8];
          var free = box[0] >= 0 && box[2] <= map.getSize().x && taken.every(function (t) { return box[2] < t[0] || t[2] < box[0] || box[3] < t[1] || t[3] < box[1]; });
          if (!free) return false;
          taken.push(box);
          L.tooltip({
            permanent: true, direction: side > 0 ? 'right' : 'left', offset: [side * (c.gap - 2), 0],
            className: 'map-name', interactive: false
          }).setLatLng(c.at).setContent(element('span', '', c.name)).addTo(layer);
          return true;
        });
      });
    }
    map.on('moveend shown', place);
    place();
  }

  function choose(incident) {
    document.querySelectorAll('#lines-table tbody tr').forEach(function (row) {
      row.classList.toggle('chosen', row.dataset.incident === String(incident));
    });
  }

  // The name of an incident in the table becomes a button that shows it on the map.
  function linkLines() {
    document.querySelectorAll('#lines-table tbody tr').forEach(function (row) {
      var show = openIncident[row.dataset.incident];
      var name = row.querySelector('.place-name');
      if (!show || !name) return;
      var button = element('button', 'place-name', name.textContent);
      button.type = 'button';
      button.title = words.show;
      button.addEventListener('click', function () {
        document.getElementById('live-map').scrollIntoView({ block: 'center' });
        show();
      });
      name.replaceWith(button);
    });
  }

  function filterLines() {
    var form = document.getElementById('filters');
    if (!form) return;
    var rows = Array.prototype.slice.call(document.querySelectorAll('#lines-table tbody tr'));
    var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
    function apply() {
      var statuses = Array.prototype.map.call(form.querySelectorAll('input[name=status]:checked'),
        function (box) { return box.value; });
      var borrower = document.getElementById('filter-borrower').value;
      var kind = document.getElementById('filter-kind').value;
      var text = document.getElementById('filter-text').value.trim().toLowerCase();
      var shown = 0;
      rows.forEach(function (row, i) {
        var fits = statuses.indexOf(row.dataset.status) >= 0 && (!borrower || row.dataset.borrower === borrower) &&
          (!kind || row.dataset.kind === kind) && (!text || texts[i].indexOf(text) >= 0);
        row.hidden = !fits;
        if (fits) shown += 1;
      });
      document.getElementById('filter-count').textContent =
        (words.shown || '{shown} / {all}').replace('{shown}', shown).replace('{all}', rows.length);
    }
    form.addEventListener('input', apply);
    form.addEventListener('submit', function (event) { event.preventDefault(); });
    form.hidden = false;
    apply();
  }

  // One switch for everything that can be folded: paper shows what is open.
  function unfoldAll() {
    var button = document.getElementById('unfold');
    if (!button) return;
    button.hidden = false;
    button.addEventListener('click', function () {
      var open = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(open));
      document.querySelectorAll('main details').forEach(function (d) { d.open = open; });
    });
  }

  if (data && window.L) buildMap();
  linkLines();
  filterLines();
  unfoldAll();
}());
