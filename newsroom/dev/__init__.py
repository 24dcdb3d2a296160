"""For developers, apart from what serves readers.

python -m newsroom.dev.bench        what pages, parsing and imports cost
python -m newsroom.dev.bench.pages_in_browser  how a month of pages is composed
python -m newsroom.dev.shape        how the code is built, and what runs for a request
python -m newsroom.dev.page_html    the HTML of every page, to be compared
python -m newsroom.dev.catalogue    the messages and their Chinese
training                            learns the weights of the intake (manage.py learn_reading)
"""
