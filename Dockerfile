# 一个能检查、生成、画公示单的容器，中文字体都在里面。资料不装进去，运行时挂上：
#   docker build -t mingbai .
#   docker run --rm -u "$(id -u):$(id -g)" -v "$PWD:/data" mingbai build
# /data 是放着 content、villages 的文件夹，网站写进 /data/site。
FROM python:3.12-slim-bookworm

RUN apt-get -qq update \
    && apt-get -qq install -y --no-install-recommends \
        git libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 fonts-hanazono \
    && rm -rf /var/lib/apt/lists/*

ENV TZ=Asia/Shanghai PYTHONUTF8=1 HOME=/tmp
WORKDIR /opt/mingbai
COPY requirements.lock ./
RUN pip install --no-cache-dir --quiet --require-hashes -r requirements.lock
COPY publish.py ./
COPY generator generator
COPY templates templates
RUN python -m compileall -q generator publish.py

WORKDIR /data
ENTRYPOINT ["python", "/opt/mingbai/publish.py"]
CMD ["--help"]
