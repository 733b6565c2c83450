/// The tags of `identify` 2.6.20, by names and first lines; pre-commit users know them.
///
/// A line has the tags, a colon, and the words that have them. A test compares all of it with
/// `identify` itself.
enum FileTypeTables {
    /// By the last extension, in lower case and without its dot.
    static let extensions = """
        text asciidoc: adoc asciidoc
        binary adobe-illustrator: ai
        text aspectj: aj
        text apinotes: apinotes
        binary asar: asar
        text asm: asm s
        text astro: astro
        binary avif image: avif
        text avro-schema: avsc
        text bash shell: bash
        text batch: bat cmd
        text bash bats shell: bats
        text bazel: bazel bzl
        text bitbake: bb bbappend bbclass
        text beancount: beancount
        text bib: bib
        binary bitmap image: bmp
        binary bzip2: bz2
        binary bzip3: bz3
        text c: c
        text c++: c++ c++m cc ccm cpp cppm cxx cxxm ipp ixx tpp
        text: cfg cnf conf
        text c2hs: chs
        text javascript: cjs js mjs
        text clojure: clj cljc
        text clojure clojurescript: cljs
        text cmake: cmake
        text coffee: coffee
        text crystal: cr
        text pem: crt key pem
        text c#: cs
        text csh shell: csh
        text cson: cson
        text csproj msbuild xml: csproj
        text css: css
        text csv: csv
        text c# c#script: csx
        text cuda: cu cuh
        text cue: cue
        text cylc: cylc
        text dart: dart
        text dbc: dbc
        text def: def
        text diff: diff patch
        binary: dll exe so
        text dtd: dtd
        binary jar zip: ear jar war
        text clojure edn: edn
        text ejs: ejs
        text ejson json: ejson
        text elm: elm
        entitlements plist: entitlements
        text dotenv: env
        binary eot: eot
        binary eps: eps
        text erb: erb
        text erlang: erl escript hrl
        text elixir: ex exs
        text yaml: eyaml yaml yml
        text fortran: f03 f08 f90 f95
        text gherkin: feature
        text fish: fish
        binary fits: fits
        text f#: fs
        text fsproj msbuild xml: fsproj
        text f# f#script: fsx
        text gdscript: gd
        text ruby: gemspec rake rb
        text geojson json: geojson
        binary ggb zip: ggb
        binary gif image: gif
        text gleam: gleam
        text go: go
        text gotmpl: gotmpl
        text gpx xml: gpx
        text groovy: gradle groovy
        text graphql: graphql
        text gyb: gyb
        text gyp python: gyp gypi
        binary gzip: gz tgz
        text c c++ header: h
        text handlebars: hbs
        text hcl: hcl
        text c++ header: hh hpp hxx
        text hlsl: hlsl hlsli
        text haskell: hs
        text html: htm html
        binary icns: icns
        binary icon: ico
        text icalendar: ics
        text idl: idl
        text idris: idr lidr
        text inc: inc
        text ini: ini
        text c++ inl: inl
        text c++ ino: ino
        text inx xml: inx
        text ipxe: ipxe
        text json jupyter: ipynb
        text jinja: j2 jinja jinja2
        text jade: jade
        text java: java
        text jbuilder ruby: jbuilder
        text groovy jenkins: jenkins jenkinsfile
        text julia: jl
        binary image jpeg: jpeg jpg
        text json: json
        text json5: json5
        text json jsonld: jsonld
        text jsonnet: jsonnet libsonnet
        text jsx: jsx
        text kml xml: kml
        text kotlin: kt kts
        text lean: lean
        text ini lektorproject: lektorproject
        text less: less
        text lazarus lazarus-form: lfm
        text literate-haskell: lhs
        text liquid: liquid
        text lazarus xml: lpi
        text lazarus pascal: lpr
        text lektor: lr
        text lua: lua
        text luau: luau
        text objective-c: m
        text m4: m4
        text magik: magik
        text makefile: make mk
        text manifest: manifest
        text map: map
        text markdown: markdown md
        text mdx: mdx
        text meson: meson
        text metal: metal
        text mib: mib
        text ocaml: ml mli
        text c++ objective-c++: mm
        text modulemap: modulemap
        text musescore xml: mscx
        binary musescore zip: mscz
        text mustache: mustache
        text myst: myst
        text ngdoc: ngdoc
        text nim: nim nims
        text nimble: nimble
        text nix: nix
        text nunjucks: njk
        text nushell: nu
        binary otf: otf
        binary p12: p12
        text pascal: pas
        binary pdf: pdf
        text php: php php4 php5 phtml
        text json piskel: piskel
        text perl: pl pm
        text plantuml: plantuml puml
        plist: plist
        binary image png: png
        text pofile: po
        text pom xml: pom
        text puppet: pp
        image ppm: ppm
        text prisma: prisma
        text java-properties: properties
        text msbuild xml: props targets
        text proto: proto
        text powershell: ps1 psd1 psm1
        text pug: pug
        text purescript: purs
        text cython: pxd pxi pyx
        text python: py pyt pyw
        text pyi: pyi
        text msbuild pyproj xml: pyproj
        binary pyz: pyz pyzw
        text quarto: qmd
        text qml: qml
        text r: r
        text resx xml: resx
        text relax-ng xml: rng
        text robot: robot
        text rust: rs
        text rst: rst
        text sas: sas
        text sass: sass
        text sbt scala: sbt
        text scala: sc scala
        text scheme: scm ss
        text scss: scss
        text shell: sh
        text sln: sln
        text msbuild slnx xml: slnx
        text salt: sls
        text solidity: sol
        text spec: spec
        text sql: sql
        text tex: sty tex
        text stylus: styl
        text system-verilog: sv svh
        text svelte: svelte
        text image svg xml: svg
        binary swf: swf
        text swift: swift
        text swiftdeps: swiftdeps
        text python twisted: tac
        binary tar: tar
        text templ: templ
        text textproto: textproto txtpb
        text terraform: tf tfvars
        text thrift: thrift
        binary image tiff: tif tiff
        text toml: toml
        text ts: ts
        text tsv: tsv
        text tsx: tsx
        binary ttf: ttf
        text twig: twig
        text ini txsprofile: txsprofile
        text plain-text: txt
        text urdf xml: urdf
        text verilog: v vh
        text vala: vala
        text vb: vb
        text msbuild vbproj xml: vbproj
        text msbuild vcxproj xml: vcxproj
        text vdx: vdx
        text vhdl: vhd
        text vim: vim
        text vtl: vtl
        text vue: vue
        binary audio wav: wav
        binary image webp: webp
        binary wheel zip: whl
        text wixproj xml: wixproj
        text wkt: wkt
        binary woff: woff
        binary woff2: woff2
        text wsdl xml: wsdl
        text python wsgi: wsgi
        text wxi xml: wxi
        text wxl xml: wxl
        text wxs xml: wxs
        text urdf xacro xml: xacro
        text xaml xml: xaml
        text xcconfig xcodebuild: xcconfig
        plist xcodebuild xcprivacy: xcprivacy
        text xcodebuild xcscheme xml: xcscheme
        plist xcodebuild xcsettings: xcsettings
        text json xcodebuild xctestplan: xctestplan
        text xcodebuild xcworkspacedata xml: xcworkspacedata
        text html xhtml xml: xhtml
        text xliff xml: xlf xliff
        text xml: xml
        text xquery: xq xql xqm xqu xquery xqy
        text xml xsd: xsd
        text xml xsl: xsl xslt
        text yaml yamlld: yamlld
        text yang: yang
        text xml yin: yin
        text xml zcml: zcml
        text zig: zig
        binary zip: zip
        text zpt: zpt
        text shell zsh: zsh
        """

    /// By the whole name, or a part of it between dots; the case counts.
    static let names = """
        text yaml: .ansible-lint .clang-format .clang-tidy
        text babelrc json: .babelrc
        text bash shell: .bash_aliases .bash_profile .bashrc .envrc direnvrc
        text bazelrc: .bazelrc
        text bowerrc json: .bowerrc
        text browserslistrc: .browserslistrc
        text codespellrc ini: .codespellrc
        text coveragerc ini: .coveragerc
        text csh shell: .cshrc
        text csslintrc json: .csslintrc
        text dockerignore: .dockerignore
        text editorconfig: .editorconfig
        text flake8 ini: .flake8
        text gitattributes: .gitattributes
        text gitconfig ini: .gitconfig
        text gitignore: .gitignore
        text gitlint ini: .gitlint
        text gitmodules: .gitmodules
        text hgrc ini: .hgrc
        text ini isort: .isort.cfg
        text jshintrc json: .jshintrc
        text mailmap: .mailmap
        text json mention-bot: .mention-bot
        text npmignore: .npmignore
        text pdbrc python: .pdbrc
        text gitignore prettierignore: .prettierignore
        text shell: .profile
        text ini pypirc: .pypirc
        text ini: .rstcheck.cfg .sqlfluff setup.cfg
        text salt-lint yaml: .salt-lint
        text yaml yamllint: .yamllint
        text shell zsh: .zlogin .zlogout .zprofile .zshenv .zshrc
        text plain-text: AUTHORS CHANGELOG CONTRIBUTING COPYING LICENSE MAINTAINERS NEWS NOTICE
        text plain-text: PATENTS README
        text bazel: BUILD WORKSPACE copy.bara.sky
        text ruby: Brewfile Fastfile Gemfile Rakefile Vagrantfile config.ru
        text cmake: CMakeLists.txt
        text cargo-lock toml: Cargo.lock
        text cargo toml: Cargo.toml
        text dockerfile: Containerfile Dockerfile
        text makefile: GNUmakefile Makefile makefile
        text gemfile-lock: Gemfile.lock
        text groovy jenkins: Jenkinsfile
        text alpm bash pkgbuild shell: PKGBUILD
        text toml: Pipfile
        text json pipfile-lock: Pipfile.lock
        text scons: SConscript SConstruct SCsub
        text tiltfile: Tiltfile
        text bitbake: bblayers.conf bitbake.conf
        text go-mod: go.mod
        text go-sum: go.sum
        text meson: meson.build
        text meson meson-options: meson.options meson_options.txt
        text poetry-lock toml: poetry.lock
        text pom xml: pom.xml
        text ini pylintrc: pylintrc
        text pyproject toml: pyproject.toml
        text erlang: rebar.config sys.config sys.config.src
        text toml uv-lock: uv.lock
        text python: wscript
        """

    /// By the program of a `#!` line.
    static let interpreters = """
        ash shell: ash
        awk: awk
        bash shell: bash
        bash bats shell: bats
        cbsd shell: cbsd
        csh shell: csh
        dash shell: dash
        erlang: escript
        expect: expect
        ksh shell: ksh
        javascript: node nodejs
        nushell: nu nushell
        perl: perl
        php: php
        php php7: php7
        php php8: php8
        python: python
        python python2: python2
        python python3: python3
        ruby: ruby
        sh shell: sh
        shell tcsh: tcsh
        shell zsh: zsh
        """
}
