/* Questions to pdfium, many at a time: questions.py once more, without a call through ctypes for
   each. Every function gives the same values as its namesake there; tests compare them.

   pdfium's functions come as addresses (bind), so that neither its headers nor its library are
   needed to build. Only Python's stable ABI is used: one build serves Python 3.11 and later. */

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef void *Handle;
typedef struct { float left, top, right, bottom; } Rect;
typedef struct { float a, b, c, d, e, f; } Matrix;

enum { TEXT = 1, FORM = 5 };

static struct {
    Handle (*text_object)(Handle, int);
    int (*loose_box)(Handle, int, Rect *);
    int (*origin)(Handle, int, double *, double *);
    int (*matrix)(Handle, int, Matrix *);
    double (*font_size)(Handle, int);
    Handle (*object_font)(Handle);
    int (*unicode_error)(Handle, int);
    int (*count_objects)(Handle);
    Handle (*get_object)(Handle, int);
    int (*count_inner)(Handle);
    Handle (*get_inner)(Handle, unsigned long);
    int (*object_type)(Handle);
    int (*object_bounds)(Handle, float *, float *, float *, float *);
    int (*object_matrix)(Handle, Matrix *);
    int (*count_marks)(Handle);
    int (*fill_colour)(Handle, unsigned *, unsigned *, unsigned *, unsigned *);
    int (*render_mode)(Handle);
    int (*draw_mode)(Handle, int *, int *);
    int (*count_segments)(Handle);
    Handle (*get_segment)(Handle, int);
    int (*segment_point)(Handle, float *, float *);
    int (*has_transparency)(Handle);
    int (*stroke_width)(Handle, float *);
} pdfium;

#define FUNCTIONS ((Py_ssize_t)(sizeof pdfium / sizeof(Handle)))

static int bound = 0;

static PyObject *bind(PyObject *self, PyObject *addresses)
{
    Handle *slots = (Handle *)&pdfium;
    if (PySequence_Size(addresses) != FUNCTIONS) {
        PyErr_SetString(PyExc_ValueError, "another number of functions");
        return NULL;
    }
    bound = 0;
    for (Py_ssize_t i = 0; i < FUNCTIONS; i++) {
        PyObject *item = PySequence_GetItem(addresses, i);
        if (item == NULL)
            return NULL;
        slots[i] = PyLong_AsVoidPtr(item);
        Py_DECREF(item);
        if (slots[i] == NULL) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "a function without an address");
            return NULL;
        }
    }
    bound = 1;
    Py_RETURN_NONE;
}

static int handle_of(PyObject *number, Handle *handle)
{
    if (!bound) {
        PyErr_SetString(PyExc_RuntimeError, "bind() comes first");
        return 0;
    }
    *handle = PyLong_AsVoidPtr(number);
    return *handle != NULL || !PyErr_Occurred();
}

static int wrong_number(Py_ssize_t given, Py_ssize_t wanted)
{
    if (given == wanted)
        return 0;
    PyErr_Format(PyExc_TypeError, "%zd arguments, not %zd", wanted, given);
    return 1;
}

/* A tuple of new references; all are given up where one is missing. */
static PyObject *tuple_of(Py_ssize_t count, PyObject **items)
{
    PyObject *made = NULL;
    int whole = 1;
    for (Py_ssize_t i = 0; i < count; i++)
        whole = whole && items[i] != NULL;
    if (whole)
        made = PyTuple_New(count);
    for (Py_ssize_t i = 0; i < count; i++) {
        if (made == NULL)
            Py_XDECREF(items[i]);
        else
            PyTuple_SetItem(made, i, items[i]);
    }
    return made;
}

static PyObject *floats_of(Py_ssize_t count, const float *values)
{
    PyObject *items[12];
    for (Py_ssize_t i = 0; i < count; i++)
        items[i] = PyFloat_FromDouble((double)values[i]);
    return tuple_of(count, items);
}

static PyObject *none(void)
{
    Py_INCREF(Py_None);
    return Py_None;
}

/* Append a new reference to a list and give it up. */
static int append(PyObject *list, PyObject *item)
{
    int failed = item == NULL || PyList_Append(list, item) < 0;
    Py_XDECREF(item);
    return !failed;
}

/* What is no part of a word: white space as Python's \s knows it, and control characters but for
   pdfium's own sign of a hyphen, U+0002. */
static int parts_words(Py_UCS4 c)
{
    if (c <= 0x20)
        return c != 2;
    if (c < 0x85)
        return 0;
    return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200b) || c == 0x2028
        || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000 || c == 0xfeff;
}

typedef struct {
    Handle page;
    PyObject *text, *found;
    PyObject *space, *line, *thin;
    Handle last;
    PyObject *last_number;
} Words;

static PyObject *gap_before(Words *words, const Py_UCS4 *text, Py_ssize_t begin, Py_ssize_t end)
{
    for (Py_ssize_t i = begin; i < end; i++)
        if (text[i] == '\n' || text[i] == '\r')
            return words->line;
    if (end - begin == 1 && (text[begin] == 0x2009 || text[begin] == 0x200a))
        return words->thin;
    return words->space;
}

static int add_piece(Words *words, Py_ssize_t begin, Py_ssize_t end, Handle obj, PyObject *space,
                     int glued)
{
    Rect box = {0, 0, 0, 0}, other;
    int known = words->last_number != NULL && obj == words->last;
    int boxed = pdfium.loose_box(words->page, (int)begin, &box);
    PyObject *items[10];
    if (boxed && end - begin > 1 && pdfium.loose_box(words->page, (int)end - 1, &other)) {
        if (other.left < box.left)
            box.left = other.left;
        if (other.right > box.right)
            box.right = other.right;
    }
    if (!known) {
        Py_XDECREF(words->last_number);
        words->last_number = PyLong_FromVoidPtr(obj);
        words->last = obj;
    }
    Py_XINCREF(words->last_number);
    Py_INCREF(space);
    items[0] = PyUnicode_Substring(words->text, begin, end);
    items[1] = boxed ? PyFloat_FromDouble((double)box.left) : none();
    items[2] = PyFloat_FromDouble(boxed ? (double)box.top : 0.0);
    items[3] = PyFloat_FromDouble(boxed ? (double)box.right : 0.0);
    items[4] = PyFloat_FromDouble(boxed ? (double)box.bottom : 0.0);
    items[5] = words->last_number;
    items[6] = PyLong_FromSsize_t(begin);
    items[7] = PyLong_FromSsize_t(end);
    items[8] = PyBool_FromLong(glued);
    items[9] = space;
    return append(words->found, tuple_of(10, items));
}

/* A word that several text objects share, piece by piece. */
static int add_pieces(Words *words, Py_ssize_t start, Py_ssize_t end, PyObject *space)
{
    Handle current = pdfium.text_object(words->page, (int)start);
    Py_ssize_t begin = start;
    int glued = 0;
    for (Py_ssize_t i = start + 1; i <= end; i++) {
        Handle following = i < end ? pdfium.text_object(words->page, (int)i) : NULL;
        if (i < end && (following == NULL || following == current))
            continue;
        if (current != NULL) {
            if (!add_piece(words, begin, i, current, space, glued))
                return 0;
            glued = 1;
        }
        begin = i;
        current = following;
    }
    return 1;
}

static int add_words(Words *words, const Py_UCS4 *text, Py_ssize_t length, Py_ssize_t *characters)
{
    Py_ssize_t at = 0, previous_end = 0;
    Handle current = NULL;
    while (at < length) {
        Py_ssize_t start, end;
        PyObject *space;
        Handle last;
        while (at < length && parts_words(text[at]))
            at++;
        start = at;
        while (at < length && !parts_words(text[at]))
            at++;
        end = at;
        if (start == end)
            break;
        *characters += end - start;
        space = gap_before(words, text, previous_end, start);
        last = pdfium.text_object(words->page, (int)end - 1);
        if (last != NULL
            && (last == current || last == pdfium.text_object(words->page, (int)start))) {
            if (!add_piece(words, start, end, last, space, 0))
                return 0;
        } else if (!add_pieces(words, start, end, space)) {
            return 0;
        }
        current = last;
        previous_end = end;
    }
    return 1;
}

static PyObject *pieces(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    Words words = {0};
    Py_ssize_t characters = 0;
    Py_UCS4 *text;
    PyObject *items[2] = {NULL, NULL};
    if (wrong_number(count, 2) || !handle_of(args[0], &words.page))
        return NULL;
    words.text = args[1];
    text = PyUnicode_AsUCS4Copy(words.text);
    if (text == NULL)
        return NULL;
    words.found = PyList_New(0);
    words.space = PyUnicode_FromString(" ");
    words.line = PyUnicode_FromString("\n");
    words.thin = PyUnicode_FromString("\xe2\x80\x89");
    if (words.found != NULL && words.space != NULL && words.line != NULL && words.thin != NULL
        && add_words(&words, text, PyUnicode_GetLength(words.text), &characters)) {
        items[0] = words.found;
        items[1] = PyLong_FromSsize_t(characters);
    } else {
        Py_XDECREF(words.found);
    }
    Py_XDECREF(words.space);
    Py_XDECREF(words.line);
    Py_XDECREF(words.thin);
    Py_XDECREF(words.last_number);
    PyMem_Free(text);
    return tuple_of(2, items);
}

static PyObject *look_of(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    Handle page, obj;
    Matrix m;
    double x = 0, y = 0;
    long index;
    PyObject *items[5];
    if (wrong_number(count, 3) || !handle_of(args[0], &page) || !handle_of(args[2], &obj))
        return NULL;
    index = PyLong_AsLong(args[1]);
    if (index == -1 && PyErr_Occurred())
        return NULL;
    items[0] = PyFloat_FromDouble(pdfium.font_size(page, (int)index));
    items[1] = pdfium.matrix(page, (int)index, &m) ? floats_of(6, &m.a) : none();
    pdfium.origin(page, (int)index, &x, &y);
    items[2] = PyFloat_FromDouble(x);
    items[3] = PyFloat_FromDouble(y);
    items[4] = PyLong_FromVoidPtr(pdfium.object_font(obj));
    return tuple_of(5, items);
}

static PyObject *errors_of(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    Handle page;
    long length, step, found = 0;
    if (wrong_number(count, 3) || !handle_of(args[0], &page))
        return NULL;
    length = PyLong_AsLong(args[1]);
    step = PyLong_AsLong(args[2]);
    if (PyErr_Occurred())
        return NULL;
    if (step < 1) {
        PyErr_SetString(PyExc_ValueError, "a step below one");
        return NULL;
    }
    for (long i = 0; i < length; i += step)
        found += pdfium.unicode_error(page, (int)i) == 1;
    return PyLong_FromLong(found);
}

static PyObject *child(Handle obj)
{
    int kind = pdfium.object_type(obj);
    float b[4];
    Matrix m;
    PyObject *items[3];
    items[0] = PyLong_FromVoidPtr(obj);
    items[1] = PyLong_FromLong(kind);
    if (kind == TEXT)
        items[2] = PyLong_FromLong(pdfium.count_marks(obj));
    else if (kind == FORM)
        items[2] = pdfium.object_matrix(obj, &m) ? floats_of(6, &m.a) : none();
    else
        items[2] = pdfium.object_bounds(obj, b, b + 1, b + 2, b + 3) ? floats_of(4, b) : none();
    return tuple_of(3, items);
}

static PyObject *children(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    Handle holder;
    long most, number;
    int is_form;
    PyObject *found;
    if (wrong_number(count, 3) || !handle_of(args[0], &holder))
        return NULL;
    is_form = PyObject_IsTrue(args[1]);
    most = PyLong_AsLong(args[2]);
    if (PyErr_Occurred())
        return NULL;
    number = is_form ? pdfium.count_inner(holder) : pdfium.count_objects(holder);
    found = PyList_New(0);
    for (long i = 0; found != NULL && i < number && i < most; i++) {
        Handle obj = is_form ? pdfium.get_inner(holder, (unsigned long)i)
                             : pdfium.get_object(holder, (int)i);
        if (!append(found, child(obj))) {
            Py_DECREF(found);
            return NULL;
        }
    }
    return found;
}

/* The fill's colour, None without one. */
static PyObject *colour_of(Handle obj, unsigned *alpha)
{
    unsigned c[4];
    PyObject *items[4];
    *alpha = 0;
    if (!pdfium.fill_colour(obj, c, c + 1, c + 2, c + 3))
        return none();
    *alpha = c[3];
    for (int i = 0; i < 4; i++)
        items[i] = PyLong_FromUnsignedLong(c[i]);
    return tuple_of(4, items);
}

static PyObject *path_of(PyObject *self, PyObject *number)
{
    Handle obj;
    int fill = 0, stroke = 0, segments = 0, transparent = 0;
    float width = 0, points[12];
    unsigned alpha;
    PyObject *items[5];
    if (!handle_of(number, &obj))
        return NULL;
    if (!pdfium.draw_mode(obj, &fill, &stroke))
        Py_RETURN_NONE;
    if (fill == 0) {
        if (!stroke || !pdfium.stroke_width(obj, &width))
            width = 0;
        items[2] = none();
    } else {
        items[2] = colour_of(obj, &alpha);
        if (alpha == 255)
            segments = pdfium.count_segments(obj);
        if (segments < 4 || segments > 6)
            segments = 0;
        for (int i = 0; i < segments; i++) {
            points[2 * i] = points[2 * i + 1] = 0;
            pdfium.segment_point(pdfium.get_segment(obj, i), points + 2 * i, points + 2 * i + 1);
        }
        transparent = segments && pdfium.has_transparency(obj);
    }
    items[0] = PyBool_FromLong(fill != 0);
    items[1] = PyFloat_FromDouble((double)width);
    items[3] = floats_of(2 * segments, points);
    items[4] = PyBool_FromLong(transparent);
    return tuple_of(5, items);
}

static PyObject *ink_of(PyObject *self, PyObject *number)
{
    Handle obj;
    unsigned alpha;
    int mode;
    PyObject *items[2];
    if (!handle_of(number, &obj))
        return NULL;
    mode = pdfium.render_mode(obj);
    items[0] = PyLong_FromLong(mode);
    items[1] = mode == 0 || mode == 4 ? colour_of(obj, &alpha) : none();
    return tuple_of(2, items);
}

#define FAST(name) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}

static PyMethodDef methods[] = {
    {"bind", bind, METH_O, "Take the addresses of pdfium's functions."},
    FAST(pieces),
    FAST(look_of),
    FAST(errors_of),
    FAST(children),
    {"path_of", path_of, METH_O, NULL},
    {"ink_of", ink_of, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_questions", "questions.py, compiled.", -1, methods,
    NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__questions(void)
{
    return PyModule_Create(&module);
}
