/** How a page looks: by day, in the dark, on a phone and on paper. */

/** How far lanes are from each other, and the first from the bubbles, in pixels. */
const LANE = 9;
const FIRST = 8;

/** @param lanes how many lanes the widest gutter has */
export function styleOf(lanes: number): string {
  const widths = Array.from({ length: lanes + 1 }, (_, count) => {
    const width = count === 0 ? 0 : FIRST + LANE * count;
    return `.w${count} .g{width:${width}px}`;
  });
  const places = Array.from(
    { length: lanes },
    (_, lane) => `.k${lane}{width:${FIRST + LANE * lane}px}`,
  );
  return `${STYLE}${[...widths, ...places].join('')}`;
}

const LIGHT = `--back:#f7f7f5;--card:#fff;--text:#1f2530;--soft:#5a6371;--line:#e2e4e8;--well:#fafafa;
--link:#3446b8;--ring:#3446b8;
--set:#0b6b3a;--set-tint:#e0f3e8;--wait:#8a4b00;--wait-tint:#fcefd8;--out:#b3261e;--out-tint:#fde7e4;
--plain:#4a5463;--plain-tint:#eaedf1;--on:#fff;--shade:0 1px 2px rgb(20 25 35/.06),0 4px 16px rgb(20 25 35/.04)`;

const DARK = `--back:#12151a;--card:#1a1e25;--text:#e5e8ed;--soft:#a0a9b6;--line:#2c323c;--well:#161a20;
--link:#9db0ff;--ring:#9db0ff;
--set:#6fd39a;--set-tint:#17331f;--wait:#efb55f;--wait-tint:#38290f;--out:#ff9288;--out-tint:#411c1a;
--plain:#b3bcc9;--plain-tint:#2a303a;--on:#14171c;--shade:none`;

const STYLE = `
:root{color-scheme:light dark;${LIGHT};--mono:ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--back);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;overflow-wrap:anywhere}
h1,h2,h3,p,ul,ol,dl,dd,pre{margin:0;padding:0}
ul,ol{list-style:none}
a{color:var(--link);text-underline-offset:2px}
:focus-visible{outline:2px solid var(--ring);outline-offset:2px;border-radius:4px}
code,kbd,pre,.fn,.at,.pl,.rule,.lc{font-family:var(--mono);font-variant-ligatures:none}
h3 code,p code,.idx code,.steps code{font-size:.9em;background:var(--plain-tint);border-radius:4px;padding:.1em .3em}
[hidden]{display:none!important}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.jump{position:absolute;left:-999px;top:.5rem;background:var(--card);padding:.4rem .8rem;z-index:3}
.jump:focus{left:.5rem}
.x{border:1px solid var(--out);border-radius:3px;color:var(--out);font-size:.75em;padding:0 .2em;margin:0 1px}

.top{display:flex;gap:1rem;align-items:center;justify-content:space-between;padding:1.5rem 2rem 1.25rem;border-bottom:1px solid var(--line);background:var(--card)}
h1{font-size:1.35rem;line-height:1.25;font-weight:650;letter-spacing:-.01em}
.sum{display:flex;flex-wrap:wrap;gap:.4rem .75rem;align-items:center;margin-top:.5rem;color:var(--soft)}
.sev{font-size:.75rem;font-weight:600;border-radius:99px;padding:.1rem .55rem;line-height:1.35}
.sev.error{color:var(--out);background:var(--out-tint)}
.sev.warning{color:var(--wait);background:var(--wait-tint)}
.sum .sev{font-size:.85rem}
button,select,input{font:inherit;color:inherit}
button,select,input[type=search]{background:var(--card);border:1px solid var(--line);border-radius:7px;padding:.3rem .7rem;min-height:2.1rem}
button{cursor:pointer}
button:hover{border-color:var(--soft)}
kbd{font-size:.8em;border:1px solid var(--line);border-bottom-width:2px;border-radius:4px;padding:.05em .4em;background:var(--well)}

.cols{display:grid;grid-template-columns:minmax(0,1fr);max-width:1600px;margin:0 auto}
main{padding:1.5rem 2rem 3rem;min-width:0;outline:none}
nav{min-width:0;padding:1rem 2rem 0}
.toc>summary{font-weight:600;cursor:pointer;padding:.25rem 0}
.idx{max-height:40vh;overflow:auto;padding:.25rem}
.idx .fn{font-size:.75rem;color:var(--soft);margin:.9rem 0 .3rem;padding-left:.6rem}
.idx>li:first-child .fn{margin-top:.4rem}
.idx a{display:grid;grid-template-columns:2.2rem minmax(0,1fr);gap:.4rem;padding:.3rem .6rem;border-radius:6px;color:inherit;text-decoration:none;font-size:.82rem;line-height:1.4}
.idx a>span:last-child{display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
.idx a:hover,.idx a[aria-current]{background:var(--plain-tint)}
.idx .lc{color:var(--out);font-size:.78rem;line-height:1.5;text-align:right}
.idx .warning .lc{color:var(--wait)}
@media (min-width:1080px){
.cols{grid-template-columns:280px minmax(0,1fr)}
nav{padding:1rem 0 0 1.25rem;position:sticky;top:0;align-self:start}
.idx{max-height:calc(100vh - 4rem)}
.cols>main:only-child{grid-column:1/-1}
}

.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.25rem;font-size:.82rem;color:var(--soft);margin-bottom:1rem}
.legend li::before{content:"";display:inline-block;width:1.4rem;height:3px;border-radius:2px;background:var(--c);vertical-align:middle;margin-right:.5rem}
.tools{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin-bottom:1rem;font-size:.85rem;color:var(--soft)}
.tools label{display:flex;gap:.5rem;align-items:center;min-width:0}
.tools input,.tools select{color:var(--text);min-width:0;max-width:100%}

h2{font-size:1rem;font-weight:600;line-height:1.4}
.file>h2{font-family:var(--mono);font-size:.88rem;color:var(--soft);font-weight:500;margin:1.75rem 0 .6rem}
.file:first-of-type>h2{margin-top:.5rem}
.f{background:var(--card);border:1px solid var(--line);border-radius:12px;margin-bottom:1rem;box-shadow:var(--shade);content-visibility:auto;contain-intrinsic-size:auto 420px;}
.f:target,.f:focus{border-color:var(--ring)}
.f:focus-visible{outline-offset:-1px;border-radius:12px}
.f>header{padding:1.1rem 1.35rem 1rem}
.meta{display:flex;flex-wrap:wrap;gap:.3rem .6rem;align-items:center}
.at{font-size:.8rem;color:var(--soft);text-decoration:none}
a.at:hover{text-decoration:underline}
h3{font-size:1.05rem;line-height:1.45;font-weight:600;margin-top:.5rem;letter-spacing:-.003em;max-width:52rem}
.fix{margin-top:.35rem;max-width:52rem}
.fix::before{content:"\\2192";color:var(--set);font-weight:700;margin-right:.5rem}
.rule{font-size:.75rem;margin-top:.5rem}
.rule a{color:var(--soft)}
.f>details>summary{padding:.55rem 1.35rem;border-top:1px solid var(--line);font-size:.85rem;color:var(--soft);cursor:pointer}
.f>details>summary:hover{color:var(--text)}

.way{display:grid;grid-template-columns:minmax(0,1fr);border-top:1px solid var(--line)}
.ts{--c:var(--set);--t:var(--set-tint)}
.tw{--c:var(--wait);--t:var(--wait-tint)}
.to{--c:var(--out);--t:var(--out-tint)}
.tp{--c:var(--plain);--t:var(--plain-tint)}
.os{--o:var(--set)}.ow{--o:var(--wait)}.oo{--o:var(--out)}.op{--o:var(--plain)}
.n{display:inline-flex;align-items:center;justify-content:center;min-width:20px;height:20px;padding:0 4px;border-radius:10px;background:var(--c);border:1.5px solid var(--c);color:var(--on);font:600 11px/1 system-ui,sans-serif;text-decoration:none;font-variant-numeric:tabular-nums}
.n.mi,.mi>.n{background:var(--card);color:var(--c)}
.n.re,.re>.n{box-shadow:0 0 0 2px var(--card),0 0 0 3.5px var(--c)}
.n:focus-visible{border-radius:10px}
.steps{padding:1rem 1.35rem}
.steps li{position:relative;padding:0 .5rem 1rem 2.25rem;margin:0 -.5rem;border-radius:8px}
.steps li:last-child{padding-bottom:.25rem}
.steps li>.n{position:absolute;left:.5rem;top:1px}
.steps li:not(:last-child)::before{content:"";position:absolute;left:calc(.5rem + 8.5px);top:25px;bottom:3px;width:3px;border-radius:2px;background:var(--o);opacity:.75}
.steps p{font-size:.9rem;line-height:1.5}
.steps .mi p:first-of-type{color:var(--soft)}
.steps .re p:first-of-type{font-weight:600}
.steps .w{font-size:.75rem;color:var(--soft);display:flex;flex-wrap:wrap;gap:.15rem .6rem;align-items:center;margin-top:.1rem}
.st{color:var(--c);background:var(--t);border-radius:99px;padding:0 .5rem;font-weight:600}
.d1 p{padding-left:.9rem}.d2 p{padding-left:1.8rem}.d3 p{padding-left:2.7rem}.d4 p{padding-left:3.6rem}
.steps li.on{background:var(--t)}

.pic{background:var(--well);border-radius:0 0 12px 12px;padding:.5rem 0 .75rem;font-size:13px;min-width:0;border-top:1px solid var(--line)}
.f>.pic{margin:0}
.r{display:flex;align-items:stretch;padding:0 1rem 0 .75rem;min-height:26px}
.g{position:relative;flex:none}
.g i{position:absolute;right:0;border:0 solid var(--c)}
.g .v{top:0;bottom:0;border-left-width:2px}
.g .ld{top:15px;bottom:0;border-left-width:2px;border-top-width:2px;border-top-left-radius:7px}
.g .lu{top:0;height:13px;border-left-width:2px;border-bottom-width:2px;border-bottom-left-radius:7px}
.g .ea{top:0;height:12px;border-left-width:2px;border-bottom-width:2px;border-bottom-left-radius:7px}
.g .eb{top:12px;bottom:0;border-left-width:2px;border-top-width:2px;border-top-left-radius:7px}
.g .ea::after,.g .eb::after{content:"";position:absolute;right:-1px;border:4px solid transparent;border-left:6px solid var(--c);border-right:0}
.g .ea::after{bottom:-5px}.g .eb::after{top:-5px}
.b{flex:none;display:flex;flex-wrap:wrap;align-content:flex-start;gap:3px;padding:3px 0 3px 3px}
.b1 .b{width:28px}.b2 .b{width:50px}.b3 .b{width:73px}
.ln{flex:none;text-align:right;padding:2px .9rem 0 .2rem;color:var(--soft);text-decoration:none;font:12px/22px var(--mono);user-select:none;min-width:3.2ch}
a.ln:hover{text-decoration:underline}
.c3 .ln{min-width:5.6ch}.c4 .ln{min-width:6.6ch}.c5 .ln{min-width:7.6ch}.c6 .ln{min-width:8.6ch}
.c1 .ln{min-width:3.6ch}.c2 .ln{min-width:4.6ch}
.r>code{flex:1;min-width:0;padding:2px 0 2px 2ch;text-indent:-2ch;line-height:22px;white-space:pre-wrap;tab-size:2;unicode-bidi:isolate}
.h{font-size:.78rem;color:var(--soft)}
.h .fn{flex:1;display:flex;flex-wrap:wrap;gap:0 .9rem;justify-content:space-between;padding:3px 0 3px 3px;min-width:0}
.h:not(:first-child) .fn{border-top:1px solid var(--line);margin-top:8px;padding-top:8px}
.h .all{font-family:system-ui,sans-serif}
.skip{flex:1;padding:2px 0 2px 3px;color:var(--soft);font-size:.75rem;line-height:22px;display:flex;align-items:center;gap:.6rem}
.skip::after{content:"";flex:1;border-top:1px dashed var(--line)}
.skip a{color:inherit}
.r.ex>code{color:var(--soft)}
mark{color:inherit;background:none;border-bottom:2px solid var(--c);border-radius:3px 3px 0 0;padding:1px 0}
mark.mi{border-bottom-style:dotted}
mark.re,mark.ch{background:var(--t)}
mark[data-n]::before{content:attr(data-n);font:600 9px/1 system-ui,sans-serif;color:var(--c);vertical-align:super;margin-right:1px;padding-left:1px}
.r:target,.r.on{background:var(--plain-tint)}
mark.on{outline:2px solid var(--c);outline-offset:1px}
@media (min-width:860px){
.way{grid-template-columns:minmax(230px,30%) minmax(0,1fr)}
.way .steps{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto}
.way .pic{border-top:0;border-left:1px solid var(--line);border-radius:0 0 12px}
}

#others,#sources{margin-top:2.5rem}
.others li{padding:.8rem 0;border-bottom:1px solid var(--line)}
.said{margin-top:.25rem;white-space:pre-wrap}
.src{border:1px solid var(--line);border-radius:10px;margin-top:.6rem;background:var(--card)}
.src>summary{padding:.5rem 1rem;cursor:pointer}
.src h3{display:inline;font:500 .82rem/1.5 var(--mono)}
.whole{display:flex;overflow:auto;max-height:80vh;border-top:1px solid var(--line);font:13px/20px var(--mono);padding:.5rem 0;background:var(--well);border-radius:0 0 10px 10px}
.whole pre{font:inherit;tab-size:2}
.whole pre:first-child{text-align:right;color:var(--soft);padding:0 1rem;user-select:none;position:sticky;left:0;background:var(--well)}
.whole pre:last-child{padding-right:1rem;overflow-wrap:normal}
.hit{background:var(--plain-tint);border-radius:3px}
.hit:target{background:var(--wait-tint);outline:2px solid var(--wait)}
.none{text-align:center;padding:5rem 1rem;color:var(--soft)}
.none h2{font-size:1.2rem;color:var(--text);margin-bottom:.4rem}
footer{padding:1.25rem 2rem 2rem;border-top:1px solid var(--line);font-size:.8rem;color:var(--soft)}
dialog{border:1px solid var(--line);border-radius:12px;background:var(--card);color:var(--text);padding:1.25rem 1.5rem;max-width:22rem}
dialog::backdrop{background:rgb(0 0 0/.35)}
dialog dl{margin:.75rem 0}
dialog dl div{display:flex;gap:1rem;padding:.2rem 0}
dialog dt{min-width:4rem}
dialog p{margin-bottom:.75rem}

@media (max-width:600px){
#ask{display:none}
.top{padding:1.1rem 1rem}
nav{padding:.75rem 1rem 0}
main{padding:1rem .75rem 2rem}
.f>header,.steps{padding-left:1rem;padding-right:1rem}
.f>details>summary{padding-left:1rem;padding-right:1rem}
.r{padding:0 .6rem 0 .35rem}
.ln{padding-right:.5rem}
.pic{font-size:12px}
footer{padding:1rem}
}
@media (forced-colors:active){.n,mark,.st{forced-color-adjust:none}}
@media print{
:root{${LIGHT};color-scheme:light}
body{background:#fff;font-size:11pt}
nav,.tools,.jump,.all,#ask,#sources,dialog{display:none!important}
.cols{display:block}
main{padding:0}
.f{break-inside:avoid-page;box-shadow:none;content-visibility:visible}
.top{padding:0 0 1rem}
.n,mark,.st,.sev,.steps li::before,.legend li::before{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.f>details::details-content{content-visibility:visible;block-size:auto}
.way .steps{position:static;max-height:none;overflow:visible}
.r{break-inside:avoid}
}
`;
