"""Messages for pictures that are refused."""

from django.utils.translation import gettext_lazy as _

from articles.photos.files.image_validation import Reason

REFUSALS = {
    Reason.TOO_HEAVY: _("The file is larger than 30 MB. Export the picture smaller."),
    Reason.WRONG_KIND: _("This is not a JPEG, PNG or WebP picture, whatever its name says."),
    Reason.BROKEN: _("The file is damaged or incomplete. Export the picture again."),
    Reason.TOO_LARGE: _(
        "The picture has more than 100 million pixels, or more than 20,000 on a side. "
        "Export it smaller."
    ),
    Reason.SEVERAL: _("The file holds more than one picture. Export one as an ordinary JPEG."),
    Reason.APPENDED: _(
        "Something else is appended to the picture. Open it and export it as a new JPEG."
    ),
    Reason.LABORIOUS: _(
        "The picture would take too long to open. Export it smaller, or as an ordinary JPEG."
    ),
}
