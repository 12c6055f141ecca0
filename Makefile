# Every target does its own set-up first; see tools/setup.sh. V=1 shows what pip and apt-get say.

PYTHON := .venv/bin/python
# The day on which the sample township in villages/ is as its files describe it.
TODAY := 2025-10-10

.DEFAULT_GOAL := help
# Python and the templates are compiled once and not at each start, whatever the machine's habit.
unexport PYTHONDONTWRITEBYTECODE
# The targets share one virtual environment and one output folder.
.NOTPARALLEL:
.PHONY: help site serve test lint bench measure pictures bless fonts scripts dist lock clean \
    setup-pages setup-site setup-lint setup-test setup-fonts setup-dist

help: ## 显示这份说明
	@echo '用法：make 目标'
	@sed -n 's/^\([a-z]*\):.*## /  \1\t/p' Makefile

# On the first day pages come first, which need nothing but Python, and then the sheets.
site: setup-pages ## 编译 villages/ 中的示例乡镇，写入 site/
	@[ -e site/manifest.json ] || { \
	    $(PYTHON) publish.py build --today $(TODAY) --sheets none || [ $$? = 1 ]; \
	    echo '网页已经可以看了，上面写着怎样看。接着画公示单，画好了一起放上去，第一次要几分钟。'; }
	@bash tools/setup.sh site
	@$(PYTHON) publish.py build --today $(TODAY)

serve: setup-site ## 编译示例乡镇，在本机打开来看
	@$(PYTHON) publish.py serve --today $(TODAY)

test: setup-test lint ## 代码检查和全部测试
	@echo '运行测试'
	@$(PYTHON) -m pytest --numprocesses logical --dist loadfile --no-loadscope-reorder

lint: setup-lint ## 代码风格、类型、各部分的依赖方向
	@echo '检查代码风格、类型和依赖方向'
	@$(PYTHON) -m mypy & types=$$!; \
	    $(PYTHON) -m ruff check . && $(PYTHON) -m ruff format --check . && \
	    .venv/bin/lint-imports --no-cache --no-logo; rest=$$?; \
	    wait $$types && exit $$rest

bench: setup-test ## 测量速度和大小
	@$(PYTHON) -m tests.bench

measure: setup-site ## 测量代码有多长、一格数据走多远
	@$(PYTHON) tools/measure_house.py

pictures: setup-test ## 把各种页面、公示单拍成图片，写入 pictures/，给人看
	@$(PYTHON) -m tests.pictures
	@$(PYTHON) -m tests.handbook_pictures

bless: setup-test ## 接受当前输出为标准样本（提交前请逐个查看差异）
	@$(PYTHON) -m pytest tests/test_golden.py tests/test_problems.py tests/test_problem_list.py --bless

fonts: setup-fonts ## 从系统字体重新裁剪张贴用的字体
	@$(PYTHON) tools/cut_fonts.py --source /usr/share/fonts/opentype/noto --out templates/fonts

scripts: ## 缩短网页脚本（要有 Node 和网络）
	@bash tools/shorten_scripts.sh

dist: setup-dist ## 打包：安装包、组成清单（SBOM）和许可证清单，写入 dist/
	@rm -rf dist
	@$(PYTHON) -m hatchling build -t wheel -d dist >/dev/null
	@build/program/bin/pip install --quiet --no-deps --no-index dist/mingbai-*.whl
	@build/program/bin/mingbai --help >/dev/null
	@build/parts/bin/cyclonedx-py environment build/program --pyproject pyproject.toml \
	    --output-reproducible --output-file dist/sbom.json
	@$(PYTHON) tools/licences.py dist/sbom.json >dist/licences.csv
	@(cd dist && sha256sum *.whl sbom.json licences.csv >sha256sums.txt && cat sha256sums.txt)

lock: ## 重新生成锁定文件（U=1 升级到最新版本）
	@bash tools/setup.sh lock

clean: ## 删除输出和缓存（保留 .venv）
	@rm -rf site site.next .site.lock pictures build dist *.egg-info \
	    .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +
	@echo '已删除输出和缓存'

setup-pages:
	@bash tools/setup.sh pages

setup-site:
	@bash tools/setup.sh site

setup-lint:
	@bash tools/setup.sh lint

setup-test:
	@bash tools/setup.sh test

setup-fonts:
	@bash tools/setup.sh fonts

setup-dist:
	@bash tools/setup.sh dist
