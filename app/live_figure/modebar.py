"""What a chart itself says: Plotly's buttons and notes (the package has no languages besides English), and ours."""

from __future__ import annotations

from collections.abc import Mapping

MODEBAR: Mapping[str, Mapping[str, str]] = {
    "en": {
        "drawing": "Save as a drawing (SVG)",
        "picture": "Save as a picture (PNG)",
        "missing": "The charts could not be loaded. Reload the page to try again.",
        "no_webgl": "This browser cannot draw in three dimensions (it has no WebGL). The map in 2D works.",
    },
    "zh": {
        "Autoscale": "自动缩放",
        "Box Select": "框选",
        "Double-click on legend to isolate one trace": "双击图例只看这一项",
        "Double-click to zoom back out": "双击恢复原范围",
        "Download plot": "保存图片",
        "Image download succeeded": "图片已保存",
        "Lasso Select": "套索选择",
        "Orbital rotation": "自由旋转",
        "Pan": "平移",
        "Preparing image - this may take a few seconds": "正在生成图片，请稍候",
        "Reset": "还原",
        "Reset axes": "恢复坐标范围",
        "Reset camera to default": "恢复默认视角",
        "Reset camera to last save": "恢复上次视角",
        "Reset view": "恢复视图",
        "Sorry, there was a problem downloading your image!": "图片没有保存成功。",
        "Turntable rotation": "绕轴旋转",
        "Zoom": "缩放",
        "Zoom in": "放大",
        "Zoom out": "缩小",
        "drawing": "存为矢量图（SVG）",
        "picture": "存为图片（PNG）",
        "missing": "图表没有加载成功，请刷新页面重试。",
        "no_webgl": "这个浏览器不支持三维绘图（没有 WebGL），可以改看二维地图。",
    },
}
